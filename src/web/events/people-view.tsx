import { useState } from 'preact/hooks';
import { runCommand } from '../api/run-command.ts';
import type { EventDeed, EventSubject } from '../api/shapes.ts';
import { messageOf } from '../kit/failure.tsx';
import { Moment } from '../kit/time.tsx';

export interface PeopleViewProps {
  readonly id: string;
  readonly subject: EventSubject;
  readonly onDone: () => void;
}

/** What people did about what an event is about, and what can be done now. */
export function PeopleView({ id, subject, onDone }: PeopleViewProps) {
  const { acknowledged, resolved, notes } = subject;
  const [said, setSaid] = useState<string>();
  const [running, setRunning] = useState(false);
  const [note, setNote] = useState('');

  async function run(command: string, options: Readonly<Record<string, string>> = {}): Promise<void> {
    setRunning(true);
    try {
      const { text, data } = await runCommand({ command, options: { event: id, ...options } });
      setSaid(text);
      if (command === 'note' && !hasFailed(data)) setNote('');
      onDone();
    } catch (error) {
      setSaid(messageOf(error));
    }
    setRunning(false);
  }

  return (
    <section class="card" aria-labelledby="people-title">
      <h2 id="people-title">People</h2>
      <ul class="outcomes">
        {acknowledged && <DeedLine words="Acknowledged" deed={acknowledged} />}
        {resolved && <DeedLine words="Resolved here" deed={resolved} />}
        {notes.map((each) => (
          <li key={`${each.at}${each.text}`}>
            {each.text} — {each.byName} on {each.on}, <Moment iso={each.at} />
          </li>
        ))}
      </ul>
      <div class="tools">
        {toChoices(subject).map(({ label, command }) => (
          <button key={command} type="button" disabled={running} onClick={() => run(command)}>
            {label}
          </button>
        ))}
      </div>
      <form
        class="tools"
        onSubmit={(submit) => {
          submit.preventDefault();
          void run('note', { text: note });
        }}
      >
        <input
          aria-label="Note"
          maxLength={1000}
          placeholder="What others should know"
          value={note}
          onInput={({ currentTarget }) => setNote(currentTarget.value)}
        />
        <button type="submit" disabled={running || note.trim() === ''}>
          Add note
        </button>
        <span class="said" role="status">
          {said}
        </span>
      </form>
    </section>
  );
}

function DeedLine({ words, deed: { byName, on, at } }: { readonly words: string; readonly deed: EventDeed }) {
  return (
    <li>
      {words} by <strong>{byName}</strong> on {on}, <Moment iso={at} />
    </li>
  );
}

function toChoices({ phase, acknowledged, resolved }: EventSubject) {
  if (resolved) return [{ label: 'Reopen', command: 'reopen' }];
  const undo = acknowledged ? [{ label: 'Undo acknowledge', command: 'unack' }] : [];
  if (phase === 'over') return undo;
  const acknowledge = acknowledged ? [] : [{ label: 'Acknowledge', command: 'acknowledge' }];
  return [...acknowledge, { label: 'Resolve here', command: 'resolve' }, ...undo];
}

function hasFailed(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'code' in data;
}
