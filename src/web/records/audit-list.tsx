import { useState } from 'preact/hooks';
import { request } from '../api/request.ts';
import type { AuditEntry } from '../api/shapes.ts';
import { Empty } from '../kit/empty.tsx';
import { Failure, messageOf } from '../kit/failure.tsx';
import { Skeleton } from '../kit/skeleton.tsx';
import { fullTime } from '../kit/time.tsx';
import { useResource } from '../kit/use-resource.ts';
import { toHash } from '../route.ts';

interface Page {
  readonly entries: readonly AuditEntry[];
  readonly next?: string;
}

/** Who changed what, when and from where, and what stood there before and since. */
export function AuditList({ endpoint }: { readonly endpoint: string | undefined }) {
  const load = (before: string | undefined, signal?: AbortSignal) =>
    request<Page>('/audit', { query: { endpoint, before }, ...(signal && { signal }) });
  const { content, problem, reload } = useResource(`audit ${endpoint ?? ''}`, (signal) => load(undefined, signal));
  const [older, setOlder] = useState<readonly Page[]>([]);
  const [failed, setFailed] = useState<string>();
  const pages = content ? [content, ...older] : [];
  const next = pages.at(-1)?.next;

  async function loadOlder(): Promise<void> {
    try {
      const page = await load(next);
      setOlder((now) => [...now, page]);
      setFailed(undefined);
    } catch (error) {
      setFailed(messageOf(error));
    }
  }

  return (
    <section class="page wide" aria-labelledby="audit-title">
      {endpoint && (
        <p class="back">
          <a href={toHash({ view: 'audit', endpoint: undefined })}>← Audit of all endpoints</a>
        </p>
      )}
      <header class="page-head">
        <h1 id="audit-title">Audit{endpoint && ` of ${endpoint}`}</h1>
      </header>
      {problem && <Failure message={problem} onRetry={reload} />}
      {!content && !problem && <Skeleton rows={8} label="Loading the audit" />}
      {content?.entries.length === 0 && (
        <Empty title="Nothing has been changed yet">
          <p>Every change is listed here: by whom, when and from where.</p>
        </Empty>
      )}
      {content && content.entries.length > 0 && (
        <div class="table-frame">
          <table class="table">
            <thead>
              <tr>
                <th scope="col">When</th>
                <th scope="col">Who</th>
                <th scope="col">What</th>
                <th scope="col">Before</th>
                <th scope="col">After</th>
                <th scope="col">From</th>
              </tr>
            </thead>
            <tbody>
              {pages
                .flatMap(({ entries }) => entries)
                .map((entry) => (
                  <tr key={entry.id}>
                    <th scope="row">
                      <time dateTime={entry.at}>{fullTime(entry.at)}</time>
                    </th>
                    <td data-label="Who" title={entry.by}>
                      {entry.byName}
                    </td>
                    <td data-label="What">
                      {entry.detail}
                      {entry.endpoint && (
                        <a class="cell-hint" href={toHash({ view: 'endpoint', name: entry.endpoint })}>
                          {entry.endpoint}
                        </a>
                      )}
                    </td>
                    <td data-label="Before">{entry.before ?? '—'}</td>
                    <td data-label="After">{entry.after ?? '—'}</td>
                    <td data-label="From">{entry.from ?? '—'}</td>
                  </tr>
                ))}
            </tbody>
          </table>
        </div>
      )}
      {failed && <Failure message={failed} onRetry={loadOlder} />}
      {next && !failed && (
        <button type="button" class="older" onClick={loadOlder}>
          Show older changes
        </button>
      )}
    </section>
  );
}
