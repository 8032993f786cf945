import type { Live } from '../api/live.ts';
import { request } from '../api/request.ts';
import type { Refusal } from '../api/shapes.ts';
import { useNews } from '../api/use-news.ts';
import { BodyView } from '../events/body/body-view.tsx';
import { PairTable } from '../events/pair-table.tsx';
import { Empty } from '../kit/empty.tsx';
import { Failure } from '../kit/failure.tsx';
import { Skeleton } from '../kit/skeleton.tsx';
import { Moment } from '../kit/time.tsx';
import { useResource } from '../kit/use-resource.ts';
import { Words } from '../kit/words.tsx';
import { toHash } from '../route.ts';
import { adviceFor } from './advice.ts';

const LIMIT = '100';

/** Deliveries that were refused, each with the exact reason. The sender was not given it. */
export function RefusalList({
  endpoint,
  live,
  onPick,
}: {
  readonly endpoint: string | undefined;
  readonly live: Live;
  /** Opens the chat with a command. */
  readonly onPick: (text: string) => void;
}) {
  const { content, problem, reload } = useResource(`refusals ${endpoint ?? ''}`, (signal) =>
    request<{ readonly refusals: readonly Refusal[] }>('/refusals', { query: { endpoint, limit: LIMIT }, signal }),
  );
  useNews(live, ['refusal'], reload);
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
  const advice = adviceFor({ status, reason });
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
      {advice && <p class="advice">{advice}</p>}
      {status === 401 && (
        <div class="tools">
          <button type="button" onClick={() => onPick(`/webhook rotate ${endpoint}`)}>
            Rotate
          </button>
          <button type="button" onClick={() => onPick(`/webhook identify r${id}`)}>
            Find the scheme
          </button>
        </div>
      )}
      <PairTable caption="Headers" pairs={Object.entries(headers)} code />
      <BodyView
        body={{ ...(bodyText && { text: bodyText }), size, contentType: contentTypeOf(headers) }}
        title="Body, which nobody has verified"
      />
    </details>
  );
}

function contentTypeOf({ 'content-type': type }: Refusal['headers']): string | null {
  return typeof type === 'string' ? type : null;
}
