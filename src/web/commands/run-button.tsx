import { useState } from 'preact/hooks';
import { runCommand } from '../api/run-command.ts';
import type { CommandReply } from '../api/shapes.ts';
import { messageOf } from '../kit/failure.tsx';

export interface RunButtonProps {
  readonly label: string;
  readonly command: string;
  readonly options: Readonly<Record<string, string>>;
  readonly look?: 'primary' | 'danger';
  /** Takes what the command answers, also where it was refused. */
  readonly onReply: (reply: CommandReply) => void;
}

/** Runs a command where it stands. */
export function RunButton({ label, command, options, look, onReply }: RunButtonProps) {
  const [running, setRunning] = useState(false);
  async function run(): Promise<void> {
    setRunning(true);
    try {
      onReply(await runCommand({ command, options }));
    } catch (error) {
      onReply({ text: messageOf(error), visibleTo: 'caller' });
    }
    setRunning(false);
  }
  return (
    <button type="button" class={look} disabled={running} onClick={run}>
      {label}
    </button>
  );
}
