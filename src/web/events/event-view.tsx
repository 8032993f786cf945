import { useEffect, useState } from 'preact/hooks';
import { partWords } from '../../core/event/part-words.ts';
import type { Live } from '../api/live.ts';
import { request } from '../api/request.ts';
import type { Drawable, EventDetail } from '../api/shapes.ts';
import { MessageDrawing } from '../draw/drawing.tsx';
import { LookSwitch, useLook } from '../draw/look-switch.tsx';
import { Boundary } from '../kit/boundary.tsx';
import { CopyButton } from '../kit/copy-button.tsx';
import { Failure, messageOf } from '../kit/failure.tsx';
import { OutsideLink } from '../kit/outside-link.tsx';
import { Skeleton } from '../kit/skeleton.tsx';
import { fullTime } from '../kit/time.tsx';
import { useResource } from '../kit/use-resource.ts';
import { toHash } from '../route.ts';
import { BodyView } from './body-view.tsx';
import { DecisionView } from './decision-view.tsx';
import { DiffView } from './diff-view.tsx';
import { PairTable } from './pair-table.tsx';
import { PeopleView } from './people-view.tsx';
import { StateMark } from './state-mark.tsx';
import { WholeDelivery } from './whole-delivery.tsx';

interface Answer {
  readonly event: EventDetail;
  readonly preview?: Drawable | null;
}

/** One event: what arrived, what was decided and why, and what became of it. */
export function EventView({ id, live }: { readonly id: string; readonly live: Live }) {
  const path = `/events/${encodeURIComponent(id)}`;
  const { content, problem, reload } = useResource(path, (signal) => request<Answer>(path, { signal }));
  useEffect(() => live.listen({ event: ({ event }) => event.id === id && reload(), opened: reload }), [id, live]);

  return (
    <section class="page" aria-labelledby="event-title">
      <p class="back">
        <a href={toHash({ view: 'events', filter: {} })}>← All events</a>
      </p>
      {problem && <Failure message={problem} onRetry={reload} />}
      {!content && !problem && <Skeleton rows={6} label="Loading the event" />}
      {content && <Detail event={content.event} preview={content.preview} onReplayed={reload} />}
    </section>
  );
}

interface DetailProps {
  readonly event: EventDetail;
  readonly preview: Drawable | null | undefined;
  readonly onReplayed: () => void;
}

function Detail({ event, preview, onReplayed }: DetailProps) {
  const { about, curl } = event;
  return (
    <>
      <header class="page-head">
        <h1 id="event-title">{about?.title ?? event.type}</h1>
        <StateMark state={event.state} />
      </header>
      <div class="tools">
        <Replay id={event.id} onReplayed={onReplayed} />
        {curl && <CopyButton label="Copy as curl" text={curl} />}
        <a
          href={toHash({
            view: 'template',
            endpoint: event.endpoint,
            type: event.type,
            scope: undefined,
            event: event.id,
          })}
        >
          Edit its template
        </a>
        {about?.url && <OutsideLink url={about.url}>Open at the provider ↗</OutsideLink>}
      </div>
      <PairTable caption="Summary" pairs={toSummary(event)} />
      {preview && <Preview preview={preview} at={event.receivedAt} />}
      {event.subject && <PeopleView id={event.id} subject={event.subject} onDone={onReplayed} />}
      <DecisionView decision={event.decision} posts={event.posts} />
      <BodyView body={event.body} />
      <DiffView key={event.id} id={event.id} />
      {event.part && <WholeDelivery id={event.id} part={event.part} />}
      <PairTable caption="Headers" pairs={Object.entries(event.headers)} code />
      {Object.keys(event.query).length > 0 && <PairTable caption="Query" pairs={Object.entries(event.query)} code />}
    </>
  );
}

function Preview({ preview, at }: { readonly preview: Drawable; readonly at: string }) {
  const [look, setLook] = useLook();
  return (
    <section class="card" aria-labelledby="preview-title">
      <header class="card-head">
        <h2 id="preview-title">Message</h2>
        <LookSwitch look={look} onChange={setLook} />
      </header>
      <Boundary fallback={<p>{preview.text}</p>}>
        <MessageDrawing look={look} drawable={preview} at={at} edited={false} onAction={undefined} />
      </Boundary>
    </section>
  );
}

function Replay({ id, onReplayed }: { readonly id: string; readonly onReplayed: () => void }) {
  const [said, setSaid] = useState<string>();
  const [running, setRunning] = useState(false);
  async function replay(): Promise<void> {
    setRunning(true);
    try {
      const { posts } = await request<{ readonly posts: readonly unknown[] }>(
        `/events/${encodeURIComponent(id)}/replay`,
        { body: {} },
      );
      setSaid(posts.length === 1 ? 'Posted again to 1 channel.' : `Posted again to ${posts.length} channels.`);
      onReplayed();
    } catch (error) {
      setSaid(messageOf(error));
    }
    setRunning(false);
  }
  return (
    <>
      <button type="button" class="primary" disabled={running} onClick={replay}>
        {running ? 'Replaying…' : 'Replay'}
      </button>
      <span class="said" role="status">
        {said}
      </span>
    </>
  );
}

function toSummary({
  endpoint,
  provider,
  type,
  deliveryId,
  receivedAt,
  remoteAddress,
  method,
  verification,
  about,
  part,
}: EventDetail) {
  const { secretId, age } = verification ?? {};
  const pairs: readonly (readonly [string, string | undefined])[] = [
    ['Endpoint', `${endpoint} (${provider})`],
    ['Type', type],
    ['Source', about?.source],
    ['Actor', about?.actor],
    ['Subject', about?.subject],
    ['Received', `${fullTime(receivedAt)} from ${remoteAddress} by ${method}`],
    [
      'Verified',
      secretId
        ? `by secret ${secretId}${age === undefined ? '' : `, signed ${age.toFixed(1)} s before`}`
        : 'only by its secret URL',
    ],
    ['Delivery id', deliveryId],
    ['Part', part ? `${partWords(part)} in its delivery` : undefined],
  ];
  return pairs.filter((pair): pair is readonly [string, string] => Boolean(pair[1]));
}
