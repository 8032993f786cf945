import { request } from '../api/request.ts';
import type { Refusal } from '../api/shapes.ts';
import { PairTable } from '../events/pair-table.tsx';
import { Empty } from '../kit/empty.tsx';
import { Failure } from '../kit/failure.tsx';
import { Skeleton } from '../kit/skeleton.tsx';
import { Moment } from '../kit/time.tsx';
import { useResource } from '../kit/use-resource.ts';
import { Words } from '../kit/words.tsx';
import { toHash } from '../route.ts';

const LIMIT = '100';

/** Deliveries that were refused, each with the exact reason. The sender was not given it. */
export function RefusalList({
  endpoint,
  onPick,
}: {
  readonly endpoint: string | undefined;
  /** Opens the chat with a command. */
  readonly onPick: (text: string) => void;
}) {
  const { content, problem, reload } = useResource(`refusals ${endpoint ?? ''}`, (signal) =>
    request<{ readonly refusals: readonly Refusal[] }>('/refusals', { query: { endpoint, limit: LIMIT }, signal }),
  );
  return (
    <section class="page" aria-labelledby="refusals-title">
      <p class="back">
        <a href={toHash({ view: 'events', filter: endpoint ? { endpoint } : {} })}>← Events</a>
      </p>
      <header class="page-head">
        <h1 id="refusals-title">Refused deliveries{endpoint && ` of ${endpoint}`}</h1>
      </header>
      {problem && <Failure message={problem} onRetry={reload} />}
      {!content && !problem && <Skeleton rows={5} label="Loading refused deliveries" />}
      {content?.refusals.length === 0 && (
        <Empty title="Nothing was refused">
          <p>A delivery whose signature does not match would be listed here with the reason.</p>
        </Empty>
      )}
      <ol class="refusals" aria-label="Refused deliveries">
        {content?.refusals.map((refusal) => (
          <li key={refusal.id}>
            <RefusalItem refusal={refusal} onPick={onPick} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function RefusalItem({
  refusal: { id, endpoint, at, reason, status, method, headers, remoteAddress, size, bodyText },
  onPick,
}: {
  readonly refusal: Refusal;
  readonly onPick: (text: string) => void;
}) {
  return (
    <details class="refusal">
      <summary>
        <span class="row-title">
          <Words text={reason} />
        </span>
        <span class="row-detail">
          {endpoint} · {method} from {remoteAddress} · answered {status}
        </span>
        <Moment iso={at} />
      </summary>
      {status === 401 && (
        <div class="tools">
          <button type="button" onClick={() => onPick(`/webhook identify r${id}`)}>
            Find the scheme
          </button>
        </div>
      )}
      <PairTable caption="Headers" pairs={Object.entries(headers)} code />
      <section class="card">
        <h2>Body</h2>
        <p class="hint">{new Intl.NumberFormat().format(size)} bytes. Nobody has verified what it says.</p>
        <pre class="raw">{bodyText || 'No text.'}</pre>
      </section>
    </details>
  );
}
