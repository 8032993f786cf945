import { useState } from 'preact/hooks';
import { request } from '../api/request.ts';
import type { EventSummary } from '../api/shapes.ts';
import { Failure, messageOf } from '../kit/failure.tsx';
import { toHash } from '../route.ts';

interface Answer {
  readonly other: EventSummary | null;
  readonly differences: readonly { readonly path: string; readonly kind: string; readonly line: string }[];
  readonly partial: boolean;
}

/** Where an event's payload differs from the one before it, when somebody asks for it. */
export function DiffView({ id }: { readonly id: string }) {
  const [answer, setAnswer] = useState<Answer>();
  const [problem, setProblem] = useState<string>();

  async function load(): Promise<void> {
    setProblem(undefined);
    try {
      setAnswer(await request<Answer>(`/events/${encodeURIComponent(id)}/diff`));
    } catch (error) {
      setProblem(messageOf(error));
    }
  }

  if (problem) return <Failure message={problem} onRetry={load} />;
  if (!answer)
    return (
      <div class="tools">
        <button type="button" onClick={load}>
          Compare with the event before
        </button>
      </div>
    );
  const { other, differences, partial } = answer;
  return (
    <section class="card" aria-labelledby="diff-title">
      <header class="card-head">
        <h2 id="diff-title">What differs</h2>
        {other && (
          <p class="hint">
            from <a href={toHash({ view: 'event', id: other.id })}>event {other.id}</a>:{' '}
            {other.about?.title ?? other.type}
          </p>
        )}
      </header>
      {!other && <p>It is the first of its subject and of its type, so there is nothing to compare it with.</p>}
      {other && differences.length === 0 && <p>Their payloads are the same.</p>}
      {differences.length > 0 && (
        <ul class="differences">
          {differences.map(({ path, kind, line }) => (
            <li key={`${kind} ${path} ${line}`} class={`difference-${kind}`}>
              {line}
            </li>
          ))}
        </ul>
      )}
      {partial && <p class="hint">There may be more: only so much is compared.</p>}
    </section>
  );
}
