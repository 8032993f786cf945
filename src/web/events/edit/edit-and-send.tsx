import { useEffect, useRef, useState } from 'preact/hooks';
import { request } from '../../api/request.ts';
import { asker } from '../../api/run-command.ts';
import type { EventDetail } from '../../api/shapes.ts';
import { Dialog } from '../../kit/dialog.tsx';
import { Failure, messageOf } from '../../kit/failure.tsx';
import { indentJson } from './indent-json.ts';

export interface EditAndSendProps {
  readonly event: Pick<EventDetail, 'id' | 'endpoint' | 'body' | 'headers'>;
  /** Called with the number of the event that it became. */
  readonly onSent: (id: string) => void;
}

/** Larger bodies make a browser slow while somebody types. */
const LARGEST = 1024 * 1024;
const MASK = '••••';
/** Headers that say how a request travelled rather than what it said. */
const TRAVEL =
  /^(host|connection|content-length|content-encoding|transfer-encoding|accept|accept-encoding|user-agent|expect|x-forwarded-.*|forwarded|via|x-real-ip|cf-.*|sec-.*|accept-language|traceparent|tracestate)$/;

/** Opens an event's body and headers, and sends what somebody made of them as a new event. */
export function EditAndSend({ event, onSent }: EditAndSendProps) {
  const [open, setOpen] = useState(false);
  const { body } = event;
  if (body.text === undefined || body.text === null) return null;
  if (body.size > LARGEST)
    return (
      <span class="said">
        Its body is too large to edit here. Take it from “Copy as curl”, edit it, and send it with{' '}
        <code>bellhop send {event.endpoint} --file … --header …</code>.
      </span>
    );
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        Edit and send again
      </button>
      {open && <Editor event={event} text={body.text} onSent={onSent} onClose={() => setOpen(false)} />}
    </>
  );
}

interface EditorProps extends EditAndSendProps {
  readonly text: string;
  readonly onClose: () => void;
}

function Editor({ event, text: given, onSent, onClose }: EditorProps) {
  const [text, setText] = useState(() => indentJson(given));
  const [headers, setHeaders] = useState(() => writeHeaders(event.headers));
  const [problem, setProblem] = useState<string>();
  const [sending, setSending] = useState(false);
  const body = useRef<HTMLTextAreaElement>(null);
  // Where the focus comes to a text, a browser shows its end.
  useEffect(() => body.current?.setSelectionRange(0, 0), []);

  async function send(submit: SubmitEvent): Promise<void> {
    submit.preventDefault();
    setSending(true);
    setProblem(undefined);
    try {
      const { events } = await request<{ readonly events: readonly string[] }>(`/events/${event.id}/edited`, {
        body: { text, headers: readHeaders(headers), ...asker() },
      });
      onClose();
      onSent(events[0] ?? event.id);
    } catch (error) {
      setProblem(messageOf(error));
      setSending(false);
    }
  }

  return (
    <Dialog title={`Edit event ${event.id} and send it again`} wide onClose={onClose}>
      <form onSubmit={send}>
        <p class="hint">
          It becomes a new event of {event.endpoint}, without a signature, and says that you edited it.
          {text.includes(MASK) && ` ${MASK} stands for a secret, and is sent as it stands here.`}
        </p>
        {problem && <Failure message={problem} />}
        <label class="edited-text">
          Body
          <textarea
            ref={body}
            class="code"
            rows={16}
            spellcheck={false}
            value={text}
            onInput={({ currentTarget }) => setText(currentTarget.value)}
          />
        </label>
        <label class="edited-text">
          Headers, one on each line
          <textarea
            class="code"
            rows={4}
            spellcheck={false}
            value={headers}
            onInput={({ currentTarget }) => setHeaders(currentTarget.value)}
          />
        </label>
        <footer>
          <button type="button" onClick={onClose}>
            Cancel
          </button>
          <button type="submit" class="primary" disabled={sending}>
            {sending ? 'Sending…' : 'Send as a new event'}
          </button>
        </footer>
      </form>
    </Dialog>
  );
}

function writeHeaders(headers: EventDetail['headers']): string {
  return Object.entries(headers)
    .flatMap(([name, value]) => [value].flat().map((one) => [name, one] as const))
    .filter(([name, value]) => !TRAVEL.test(name) && !value.includes(MASK))
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');
}

function readHeaders(text: string): Readonly<Record<string, string>> {
  const lines = text.split('\n').filter((line) => line.trim());
  return Object.fromEntries(
    lines.map((line) => {
      const [name = '', ...value] = line.split(':');
      return [name.trim(), value.join(':').trim()];
    }),
  );
}
