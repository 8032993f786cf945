import { useState } from 'preact/hooks';
import type { TemplateFinding } from '../../core/command/desks/template-desk.ts';
import { request } from '../api/request.ts';
import type { EventSummary } from '../api/shapes.ts';
import type { MadeDrawable, TemplatePreview } from '../api/template-shapes.ts';
import { MessageDrawing } from '../draw/drawing.tsx';
import { drawn } from '../draw/drawn.ts';
import { LOOKS } from '../draw/look-switch.tsx';
import { PhoneNotice } from '../gallery/phone-notice.tsx';
import { Boundary } from '../kit/boundary.tsx';
import { Choice } from '../kit/choice.tsx';
import { Failure } from '../kit/failure.tsx';
import { fromNow } from '../kit/time.tsx';
import { useLast } from '../kit/use-last.ts';
import { useResource } from '../kit/use-resource.ts';
import { Words } from '../kit/words.tsx';
import type { Place } from './place.ts';

type Look = (typeof LOOKS)[number]['look'] | 'phone';

const CHOICES: readonly { readonly value: Look; readonly title: string }[] = [
  ...LOOKS.map(({ look, title }) => ({ value: look, title })),
  { value: 'phone', title: 'Phone' },
];

export interface PreviewPaneProps {
  readonly place: Place;
  /** What to try; what counts now where nothing differs from it. */
  readonly text: string | undefined;
  /** The text that counts now: when it changes, so does what the messages are now. */
  readonly version: string;
  /** The latest, newest first. */
  readonly events: readonly EventSummary[];
  readonly event: string;
  readonly onEvent: (id: string) => void;
  readonly onShow: (finding: TemplateFinding) => void;
}

/** What the text makes of one of the last events, beside what the event's message is now. */
export function PreviewPane({ place, text, version, events, event, onEvent, onShow }: PreviewPaneProps) {
  const [look, setLook] = useState<Look>('slack');
  const { content, problem, reload } = useResource(JSON.stringify([place, event, version, text]), async (signal) => {
    const { previews } = await drawn(
      request<{ readonly previews: readonly TemplatePreview[] }>('/templates/preview', {
        body: { ...place, event, ...(text !== undefined && { source: text }) },
        signal,
      }),
    );
    return { preview: previews[0], isTried: text !== undefined };
  });
  const shown = useLast(content);
  return (
    <div aria-busy={!content && !problem}>
      <header class="preview-head">
        <h2>Preview</h2>
        <Choice legend="Draw messages as" value={look} choices={CHOICES} onChange={setLook} />
      </header>
      <label class="preview-event">
        <span class="unseen">Event</span>
        <select value={event} onChange={({ currentTarget }) => onEvent(currentTarget.value)}>
          {events.every(({ id }) => id !== event) && (
            <option value={event}>{shown?.preview?.event.title ?? `Event ${event}`}</option>
          )}
          {events.map(({ id, about, type, receivedAt }) => (
            <option key={id} value={id}>
              {fromNow(Date.parse(receivedAt))} · {about?.title ?? type}
            </option>
          ))}
        </select>
      </label>
      {problem && <Failure message={problem} onRetry={reload} />}
      {!content && !problem && <p class="late hint">Updating…</p>}
      {shown?.preview && <Comparison preview={shown.preview} isTried={shown.isTried} look={look} onShow={onShow} />}
      {shown && !shown.preview && (
        <p class="hint">This event belongs to another provider, so this template does not apply to it.</p>
      )}
    </div>
  );
}

interface ComparisonProps extends Pick<PreviewPaneProps, 'onShow'> {
  readonly preview: TemplatePreview;
  readonly isTried: boolean;
  readonly look: Look;
}

function Comparison({ preview, isTried, look, onShow }: ComparisonProps) {
  const { before, after, changed, failure, event } = preview;
  if (failure) {
    const { line } = failure;
    return (
      <>
        <div class="failure">
          <p>
            Your template produces no message for this event. <Words text={failure.message} />
          </p>
          {line !== undefined && (
            <button type="button" onClick={() => onShow(failure)}>
              Go to line {line}
            </button>
          )}
        </div>
        <div class="comparison">
          <Drawn caption="Made instead by" drawable={after} look={look} at={event.receivedAt} />
        </div>
      </>
    );
  }
  if (!isTried || !changed)
    return (
      <div class="comparison">
        <Drawn
          caption={isTried ? 'With your text it reads as it does now. Made by' : 'As it is now. Made by'}
          drawable={before}
          look={look}
          at={event.receivedAt}
        />
      </div>
    );
  return (
    <div class="comparison">
      <Drawn caption="With your text" drawable={after} look={look} at={event.receivedAt} isNew />
      <Drawn caption="Now, made by" drawable={before} look={look} at={event.receivedAt} />
    </div>
  );
}

interface DrawnProps {
  readonly caption: string;
  readonly drawable: MadeDrawable;
  readonly look: Look;
  readonly at: string;
  /** Whether it is what the text makes, so that its template needs no name. */
  readonly isNew?: boolean;
}

function Drawn({ caption, drawable, look, at, isNew = false }: DrawnProps) {
  return (
    <figure class="look">
      <figcaption>
        {caption} {!isNew && <code>{drawable.template}</code>}
      </figcaption>
      {look === 'phone' ? (
        <PhoneNotice text={drawable.text} />
      ) : (
        <Boundary key={look} fallback={<p class="plain-line">{drawable.text}</p>}>
          <MessageDrawing look={look} drawable={drawable} at={at} edited={false} onAction={undefined} />
        </Boundary>
      )}
    </figure>
  );
}
