import { useEffect, useState } from 'preact/hooks';
import { partWords } from '../../core/event/part-words.ts';
import type { Live } from '../api/live.ts';
import { request } from '../api/request.ts';
import { asker } from '../api/run-command.ts';
import type { Drawable, EventDetail } from '../api/shapes.ts';
import { drawn } from '../draw/drawn.ts';
import { CopyButton } from '../kit/copy-button.tsx';
import { Failure, messageOf } from '../kit/failure.tsx';
import { OutsideLink } from '../kit/outside-link.tsx';
import { Skeleton } from '../kit/skeleton.tsx';
import { fullTime } from '../kit/time.tsx';
import { useResource } from '../kit/use-resource.ts';
import { type EventFilter, toHash } from '../route.ts';
import { goTo } from '../use-route.ts';
import { BodyView } from './body/body-view.tsx';
import { WholeDelivery } from './body/whole-delivery.tsx';
import { DecisionView } from './decision-view.tsx';
import { DiffView } from './diff-view.tsx';
import { EditAndSend } from './edit/edit-and-send.tsx';
import { hasLink, MessageLink } from './message-link.tsx';
import { PairTable } from './pair-table.tsx';
import { PeopleView } from './people-view.tsx';
import { Preview } from './preview.tsx';
import { StateMark } from './state-mark.tsx';
import { SubjectSteps } from './subject-steps.tsx';
import { TryNow } from './try-now.tsx';

interface Answer {
  readonly event: EventDetail;
  readonly preview?: Drawable | null;
}

export interface EventViewProps {
  readonly id: string;
  /** The list it was opened from. */
  readonly back: string;
  readonly filter: EventFilter;
  readonly live: Live;
  readonly onPick: (text: string) => void;
}

/** One event: what arrived, what was decided and why, and what became of it. */
export function EventView({ id, back, filter, live, onPick }: EventViewProps) {
  const path = `/events/${encodeURIComponent(id)}`;
  const { content, problem, reload } = useResource(path, (signal) => drawn(request<Answer>(path, { signal })));
  useEffect(() => live.listen({ event: ({ event }) => event.id === id && reload(), opened: reload }), [id, live]);

  return (
    <section class="page" aria-labelledby="event-title">
      <p class="back">
        <a href={back}>{Object.keys(filter).length > 0 ? '← Events found' : '← All events'}</a>
      </p>
      {problem && <Failure message={problem} onRetry={reload} />}
      {!content && !problem && <Skeleton rows={6} label="Loading the event" />}
      {content && (
        <Detail event={content.event} preview={content.preview} filter={filter} onPick={onPick} onReplayed={reload} />
      )}
    </section>
  );
}

/** To replay it now would post it twice. */
function isOnItsWay(state: EventDetail['state']): boolean {
  return state === 'received' || state === 'queued';
}

interface DetailProps {
  readonly event: EventDetail;
  readonly preview: Drawable | null | undefined;
  readonly filter: EventFilter;
  readonly onPick: (text: string) => void;
  readonly onReplayed: () => void;
}

function Detail({ event, preview, filter, onPick, onReplayed }: DetailProps) {
  const { about, curl } = event;
  const shown = event.posts.findLast(hasLink);
  return (
    <>
      <header class="page-head">
        <h1 id="event-title">{about?.title ?? event.type}</h1>
        <StateMark state={event.state} />
      </header>
      <div class="tools">
        <TryNow event={event} />
        <Replay event={event} onReplayed={onReplayed} />
        {event.verification?.handshake === undefined && (
          <EditAndSend event={event} onSent={(id) => goTo({ view: 'event', id, filter })} />
        )}
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
        {shown && <MessageLink post={shown}>Open in chat</MessageLink>}
        {about?.url && <OutsideLink url={about.url}>Open at the provider ↗</OutsideLink>}
      </div>
      {about?.edited && (
        <p class="hint">
          Edited from <a href={toHash({ view: 'event', id: about.edited.of, filter })}>event {about.edited.of}</a> by{' '}
          {about.edited.by}.
        </p>
      )}
      {about?.subject && <SubjectSteps event={event} subject={about.subject} filter={filter} />}
      <PairTable caption="Summary" pairs={toSummary(event)} />
      {preview && <Preview preview={preview} at={event.receivedAt} onPick={onPick} />}
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

/** Posts an event again. What it said stays while its event is on its way. */
function Replay({ event, onReplayed }: { readonly event: EventDetail; readonly onReplayed: () => void }) {
  const [said, setSaid] = useState<string>();
  const [running, setRunning] = useState(false);
  async function replay(): Promise<void> {
    setRunning(true);
    try {
      const { posts } = await request<{ readonly posts: readonly unknown[] }>(
        `/events/${encodeURIComponent(event.id)}/replay`,
        { body: asker() },
      );
      setSaid(posts.length === 1 ? 'Posted again to 1 channel.' : `Posted again to ${posts.length} channels.`);
      onReplayed();
    } catch (error) {
      setSaid(messageOf(error));
    }
    setRunning(false);
  }
  const isWaiting = isOnItsWay(event.state) && !running;
  return (
    <>
      {!isWaiting && (
        <button type="button" class="primary" disabled={running} onClick={replay}>
          {running ? 'Replaying…' : 'Replay'}
        </button>
      )}
      <span class="said" role="status">
        {said ?? (isWaiting && 'Not fully posted yet. Bellhop retries automatically.')}
      </span>
    </>
  );
}

function toSummary({
  id,
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
    ['Number', id],
    ['Endpoint', `${endpoint} (${provider})`],
    ['Type', type],
    ['Source', about?.source],
    ['Actor', about?.actor],
    ['Subject', about?.subject],
    ['Received', `${fullTime(receivedAt)} from ${remoteAddress} by ${method}`],
    [
      'Verified',
      about?.edited
        ? 'no: a person edited it'
        : secretId
          ? `by secret ${secretId}${age === undefined ? '' : `, signed ${age.toFixed(1)} s before`}`
          : 'only by its secret URL',
    ],
    ['Delivery id', deliveryId],
    ['Part', part ? `${partWords(part)} in its delivery` : undefined],
  ];
  return pairs.filter((pair): pair is readonly [string, string] => Boolean(pair[1]));
}
