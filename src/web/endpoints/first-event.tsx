import { fromNow } from '../kit/time.tsx';
import { Words } from '../kit/words.tsx';
import { toHash } from '../route.ts';
import type { ActiveEndpoint } from './use-endpoints.ts';

/** Whether anything has come yet, live: waiting, refused, or received and verified. */
export function FirstEvent({
  endpoint,
  reason,
}: {
  readonly endpoint: ActiveEndpoint;
  readonly reason: string | undefined;
}) {
  const { name, activity, pending } = endpoint;
  const last = activity?.last;
  if (last)
    return (
      <p class="first-delivery" role="status">
        <span class="dot dot-on" aria-hidden="true" /> Received and verified:{' '}
        <a href={toHash({ view: 'event', id: last.id, filter: { endpoint: name } })}>
          {last.about?.title ?? last.type}
        </a>
        , {fromNow(Date.parse(last.receivedAt))}
      </p>
    );
  if (pending?.held)
    return (
      <p class="first-delivery" role="status">
        <span class="dot dot-on" aria-hidden="true" /> Received, and held until somebody says who sends.
      </p>
    );
  if (reason)
    return (
      <p class="first-delivery" role="status">
        <span class="dot dot-off" aria-hidden="true" /> Received, and refused: <Words text={reason} />
      </p>
    );
  return (
    <p class="first-delivery" role="status">
      <span class="waiting" aria-hidden="true" /> Waiting for the first delivery to {name}…
    </p>
  );
}
