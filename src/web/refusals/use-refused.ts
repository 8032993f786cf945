import { useEffect } from 'preact/hooks';
import type { Live } from '../api/live.ts';
import { request } from '../api/request.ts';
import type { RefusedTally } from '../api/shapes.ts';
import { useLast } from '../kit/use-last.ts';
import { useResource } from '../kit/use-resource.ts';

/** Milliseconds in which refusals are gathered: a flood must not be a flood of requests. */
const REST = 1_000;

/** What was refused in the last hour, by endpoint and reason, kept up to date while it is shown. */
export function useRefused(live: Live, endpoint: string | undefined): readonly RefusedTally[] {
  const { content, reload } = useResource(`refused ${endpoint ?? ''}`, async (signal) => {
    const query = { endpoint };
    return (await request<{ readonly refused: readonly RefusedTally[] }>('/refusals/recent', { query, signal }))
      .refused;
  });
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = live.listen({
      refusal: () => {
        timer ??= setTimeout(() => {
          timer = undefined;
          reload();
        }, REST);
      },
      opened: reload,
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [live, reload]);
  return useLast(content) ?? [];
}
