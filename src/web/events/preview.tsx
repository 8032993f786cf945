import { useState } from 'preact/hooks';
import type { CommandAction } from '../../core/message/message.ts';
import { runCommand } from '../api/run-command.ts';
import type { CommandReply, Drawable } from '../api/shapes.ts';
import { ConfirmDialog } from '../chat/confirm-dialog.tsx';
import { ReplyNote } from '../commands/reply-note.tsx';
import { MessageDrawing } from '../draw/drawing.tsx';
import { LookSwitch, useLook } from '../draw/look-switch.tsx';
import { Boundary } from '../kit/boundary.tsx';
import { messageOf } from '../kit/failure.tsx';

export interface PreviewProps {
  readonly preview: Drawable;
  readonly at: string;
  readonly onPick: (text: string) => void;
}

/** The message that an event becomes. Its buttons and its menu work as they do in the chat. */
export function Preview({ preview, at, onPick }: PreviewProps) {
  const [look, setLook] = useLook();
  const [asked, setAsked] = useState<CommandAction>();
  const [reply, setReply] = useState<CommandReply>();

  async function run({ command, options }: CommandAction): Promise<void> {
    setAsked(undefined);
    try {
      const answer = await runCommand({ command, options });
      // A form is filled in where commands are typed.
      if (answer.form) onPick(typed(command, options));
      else setReply(answer);
    } catch (error) {
      setReply({ text: messageOf(error), visibleTo: 'caller' });
    }
  }

  return (
    <section class="card" aria-labelledby="preview-title">
      <header class="card-head">
        <h2 id="preview-title">Message</h2>
        <LookSwitch look={look} onChange={setLook} />
      </header>
      <Boundary fallback={<p>{preview.text}</p>}>
        <MessageDrawing
          look={look}
          drawable={preview}
          at={at}
          edited={false}
          onAction={(action) => (action.confirm ? setAsked(action) : void run(action))}
        />
      </Boundary>
      {reply && <ReplyNote reply={reply} onDismiss={() => setReply(undefined)} />}
      {asked && <ConfirmDialog action={asked} onClose={() => setAsked(undefined)} onYes={() => run(asked)} />}
    </section>
  );
}

function typed(command: string, options: Readonly<Record<string, string>>): string {
  const words = Object.entries(options).map(
    ([name, value]) => `${name}=${/\s/.test(value) ? JSON.stringify(value) : value}`,
  );
  return ['/webhook', command, ...words].join(' ');
}
