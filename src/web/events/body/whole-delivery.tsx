import { useState } from 'preact/hooks';
import type { EventPart } from '../../../core/event/event.ts';
import { request } from '../../api/request.ts';
import type { EventDetail } from '../../api/shapes.ts';
import { Failure, messageOf } from '../../kit/failure.tsx';
import { toHash } from '../../route.ts';
import { BodyView } from './body-view.tsx';

/** What came together with an event: its delivery's other events, and its body when somebody asks for it. */
export function WholeDelivery({ id, part }: { readonly id: string; readonly part: EventPart }) {
  const [body, setBody] = useState<EventDetail['body']>();
  const [problem, setProblem] = useState<string>();

  async function load(): Promise<void> {
    setProblem(undefined);
    try {
      setBody(
        (await request<{ readonly body: EventDetail['body'] }>(`/events/${encodeURIComponent(id)}/delivery`)).body,
      );
    } catch (error) {
      setProblem(messageOf(error));
    }
  }

  return (
    <>
      <div class="tools">
        <a href={toHash({ view: 'events', filter: { batch: part.batch } })}>All {part.of} events of its delivery</a>
        {!body && (
          <button type="button" onClick={load}>
            Show the whole delivery
          </button>
        )}
      </div>
      {problem && <Failure message={problem} onRetry={load} />}
      {body && <BodyView body={body} title="Whole delivery" />}
    </>
  );
}
