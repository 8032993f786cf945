import type { Live } from '../api/live.ts';
import { request } from '../api/request.ts';
import type { RefusedTally } from '../api/shapes.ts';
import { useNews } from '../api/use-news.ts';
import { useLast } from '../kit/use-last.ts';
import { useResource } from '../kit/use-resource.ts';

/** What was refused in the last hour, by endpoint and reason, kept up to date while it is shown. */
export function useRefused(live: Live, endpoint: string | undefined): readonly RefusedTally[] {
  const { content, reload } = useResource(`refused ${endpoint ?? ''}`, async (signal) => {
    const query = { endpoint };
    return (await request<{ readonly refused: readonly RefusedTally[] }>('/refusals/recent', { query, signal }))
      .refused;
  });
  useNews(live, ['refusal'], reload);
  return useLast(content) ?? [];
}
