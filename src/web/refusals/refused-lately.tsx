import type { RefusedTally } from '../api/shapes.ts';
import { Words } from '../kit/words.tsx';
import { toHash } from '../route.ts';

/** Endpoints and reasons that are named; the rest is behind a link. */
const SHOWN = 3;
const COUNTED = 100;

export interface RefusedLatelyProps {
  readonly refused: readonly RefusedTally[];
  /** Opens the chat with a command. */
  readonly onPick: (text: string) => void;
}

/** Says what was refused in the last hour, and what to do about it. */
export function RefusedLately({ refused, onPick }: RefusedLatelyProps) {
  if (refused.length === 0) return null;
  return (
    <ul class="refused-lately" aria-label="Refused in the last hour">
      {refused.slice(0, SHOWN).map(({ endpoint, reason, status, count, lastId }) => (
        <li key={`${endpoint} ${status} ${reason}`}>
          <p>
            {count === 1 ? '1 delivery was' : `${count >= COUNTED ? '100 or more' : count} deliveries were`} refused in
            the last hour by <a href={toHash({ view: 'endpoint', name: endpoint })}>{endpoint}</a>:{' '}
            <Words text={reason} />
          </p>
          <div class="tools">
            {status === 401 && (
              <>
                <button type="button" onClick={() => onPick(`/webhook rotate ${endpoint}`)}>
                  Rotate
                </button>
                <button type="button" onClick={() => onPick(`/webhook identify r${lastId}`)}>
                  Find the scheme
                </button>
              </>
            )}
            <a href={toHash({ view: 'refusals', endpoint })}>Details</a>
          </div>
        </li>
      ))}
      {refused.length > SHOWN && (
        <li>
          <a href={toHash({ view: 'refusals', endpoint: undefined })}>All refused deliveries</a>
        </li>
      )}
    </ul>
  );
}
