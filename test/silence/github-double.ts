import type { CallProvider } from '../../src/core/provider/call-provider.ts';

export interface KeptDelivery {
  readonly id: number;
  readonly guid: string;
  readonly event: string;
  readonly payload: unknown;
  readonly deliveredAt: Date;
  readonly status: number;
}

export const TOKEN = 'github_pat_made_up_for_this_test';
const HOOK = 4711;
const API = 'https://api.github.com';
const PER_PAGE = 2;

/** GitHub's API of webhook deliveries, as far as Bellhop uses it: one repository, one webhook, two deliveries a page. */
export function createGitHubDouble({ repository, url }: { readonly repository: string; readonly url: () => string }) {
  const deliveries: KeptDelivery[] = [];
  const asked: string[] = [];
  const hook = `/repos/${repository}/hooks/${HOOK}`;

  const call: CallProvider = async (request) => {
    const { pathname, searchParams } = new URL(request.url);
    asked.push(pathname + new URL(request.url).search);
    if (!request.url.startsWith(`${API}/`) || !request.hosts.includes('api.github.com'))
      throw new Error('another host');
    if (request.headers?.authorization !== `Bearer ${TOKEN}`) return answer(401, { message: 'Bad credentials' });
    if (pathname === `/repos/${repository}/hooks`)
      return answer(200, [
        { id: 1, config: { url: 'https://ci.example/hook' } },
        { id: HOOK, config: { url: url() } },
      ]);
    if (pathname === `${hook}/deliveries`) {
      const newest = deliveries.toSorted((a, b) => b.deliveredAt.getTime() - a.deliveredAt.getTime());
      const from = Number(searchParams.get('cursor') ?? 0);
      const next = from + PER_PAGE < newest.length;
      return answer(
        200,
        newest.slice(from, from + PER_PAGE).map(({ id, guid, event, deliveredAt, status }) => ({
          id,
          guid,
          event,
          delivered_at: deliveredAt.toISOString(),
          redelivery: false,
          status: status === 200 ? 'OK' : 'failed to connect to host',
          status_code: status,
        })),
        next ? { link: `<${API}${hook}/deliveries?per_page=100&cursor=${from + PER_PAGE}>; rel="next"` } : {},
      );
    }
    const kept = deliveries.find(({ id }) => pathname === `${hook}/deliveries/${id}`);
    if (!kept) return answer(404, { message: 'Not Found' });
    const headers = {
      'X-GitHub-Delivery': kept.guid,
      'X-GitHub-Event': kept.event,
      'X-Hub-Signature-256': 'sha256=of-bytes-that-are-not-kept',
      'content-type': 'application/json',
    };
    return answer(200, { id: kept.id, guid: kept.guid, request: { headers, payload: kept.payload } });
  };

  return { call, asked, keep: (delivery: KeptDelivery) => void deliveries.push(delivery) };
}

function answer(status: number, body: unknown, headers: Record<string, string> = {}) {
  return { status, headers, text: JSON.stringify(body) };
}
