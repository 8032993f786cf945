import type { Delivery, Parsed } from '../../core/delivery/delivery.ts';
import { parseJson } from '../../core/delivery/parse-json.ts';
import { at, header, textAt } from '../../core/delivery/readers.ts';
import { toJson } from '../../core/delivery/to-json.ts';
import { AppError } from '../../core/errors.ts';
import type { CallProvider } from '../../core/provider/call-provider.ts';
import type { DeliveryLog, FailedDelivery, Recovery } from '../../core/provider/recovery.ts';

const HOST = 'api.github.com';
const VERSION = '2022-11-28';
const PAGE = 100;
/** Pages of deliveries that are read. GitHub keeps them for three days. */
const MOST_PAGES = 30;

const NAME = '(?!\\.{1,2}(?:/|$))[\\w.-]{1,100}';
const REPOSITORY = new RegExp(`^${NAME}/${NAME}$`);
const ORGANIZATION = new RegExp(`^${NAME}$`);

/** Where GitHub shows what a webhook delivered. */
export const githubDeliveryLog: DeliveryLog = {
  where: '**Settings → Webhooks → Recent Deliveries** of the repository or the organization',
  url(event) {
    const [place, hook] = [placeOf(event), header('x-github-hook-id')(event)];
    if (!place || !/^\d+$/.test(hook ?? '')) return undefined;
    return place.includes('/')
      ? `https://github.com/${place}/settings/hooks/${hook}`
      : `https://github.com/organizations/${place}/settings/hooks/${hook}`;
  },
};

/** How deliveries that failed are fetched: https://docs.github.com/rest/repos/webhooks and /rest/orgs/webhooks */
export const githubRecovery: Recovery = {
  token:
    'a fine-grained personal access token with **Webhooks: read** for the repository, or for the organization whose webhook it is',
  place: 'acme/api',
  placeOf,
  readPlace: (typed) => (REPOSITORY.test(typed) || ORGANIZATION.test(typed) ? typed : undefined),

  async list({ place, url, since, token, call }) {
    const hook = await findHook({ place, url, token, call });
    const seen = new Map<string, { id: string; failed: boolean }>();
    let [next, partial]: [string | undefined, boolean] = [`https://${HOST}${hook}/deliveries?per_page=${PAGE}`, false];
    for (let page = 0; next !== undefined; page++) {
      if (page === MOST_PAGES) {
        partial = true;
        break;
      }
      const answer: Answered = await ask({ url: next, token, call });
      const items = Array.isArray(answer.payload) ? answer.payload : [];
      const moments = items.map((item) => Date.parse(textAt(item, 'delivered_at') ?? ''));
      for (const [index, item] of items.entries()) {
        const [id, guid, status] = [textAt(item, 'id'), textAt(item, 'guid'), Number(textAt(item, 'status_code') ?? 0)];
        if (!id || !/^\d+$/.test(id) || !guid || (moments[index] ?? 0) < since.getTime()) continue;
        const known = seen.get(guid);
        // One attempt that worked is enough, whichever it was.
        const worked = status >= 200 && status < 300;
        seen.set(guid, { id: known?.id ?? id, failed: (known?.failed ?? true) && !worked });
      }
      next = moments.some((moment) => moment < since.getTime()) ? undefined : nextPage(answer.link);
    }
    const failed = [...seen].flatMap(([deliveryId, { id, failed }]): readonly FailedDelivery[] =>
      failed ? [{ id, deliveryId }] : [],
    );
    return { failed: failed.toReversed(), partial, hook };
  },

  async fetch({ hook, id, token, call }) {
    const { payload } = await ask({ url: `https://${HOST}${hook}/deliveries/${id}`, token, call });
    return toDelivery(payload);
  },
};

function placeOf(event: Parsed): string | undefined {
  const kind = header('x-github-hook-installation-target-type')(event);
  const repository = textAt(event.payload, 'repository.full_name');
  const organization = textAt(event.payload, 'organization.login');
  const place = kind === 'organization' ? organization : kind === 'integration' ? undefined : repository;
  return place && (REPOSITORY.test(place) || ORGANIZATION.test(place)) ? place : undefined;
}

interface Query {
  readonly url: string;
  readonly token: string;
  readonly call: CallProvider;
}

/** The path of the webhook that delivers to a URL: no other one's deliveries are taken. */
async function findHook({ place, ...query }: Query & { readonly place: string }): Promise<string> {
  const owner = place.includes('/') ? `/repos/${place}` : `/orgs/${place}`;
  const { payload } = await ask({ ...query, url: `https://${HOST}${owner}/hooks?per_page=${PAGE}` });
  const hooks = Array.isArray(payload) ? payload : [];
  const hook = hooks.find((each) => textAt(each, 'config.url')?.replace(/\/$/, '') === query.url);
  const id = hook && textAt(hook, 'id');
  if (id && /^\d+$/.test(id)) return `${owner}/hooks/${id}`;
  throw new AppError(
    404,
    'no_hook',
    `\`${place}\` has no webhook that delivers to this endpoint. Compare its **Payload URL** with the endpoint's URL.`,
  );
}

interface Answered {
  readonly payload: unknown;
  readonly link: string;
}

async function ask({ url, token, call }: Query): Promise<Answered> {
  const { status, headers, text } = await call({
    url,
    hosts: [HOST],
    headers: {
      accept: 'application/vnd.github+json',
      authorization: `Bearer ${token}`,
      'user-agent': 'Bellhop',
      'x-github-api-version': VERSION,
    },
  });
  if (status !== 200) throw toFailure(status, headers['x-ratelimit-remaining'] === '0');
  const read = parseJson(text);
  if (!read.ok) throw new AppError(502, 'provider_failed', 'GitHub answered with something that is not JSON.');
  return { payload: read.payload, link: String(headers.link ?? '') };
}

function toFailure(status: number, isSpent: boolean): AppError {
  if (status === 401)
    return new AppError(409, 'token_refused', 'GitHub refuses the token: it may have expired. Give another one.');
  if (isSpent || status === 429)
    return new AppError(
      503,
      'asking_too_much',
      'GitHub takes no more requests with this token for now. Try again in an hour.',
    );
  if (status === 403 || status === 404)
    return new AppError(
      409,
      'token_too_weak',
      'GitHub does not show this webhook to the token. It needs **Webhooks: read** for the repository or the organization.',
    );
  return new AppError(502, 'provider_failed', `GitHub answered ${status}. Try again in a moment.`);
}

/** The address of the next page, where it is on the same host. */
function nextPage(link: string): string | undefined {
  const found = /<([^>]+)>;\s*rel="next"/.exec(link)?.[1];
  return found?.startsWith(`https://${HOST}/`) ? found : undefined;
}

/** What GitHub kept of a request: its headers, and its payload read. A proof over other bytes would not fit, so it is left out. */
function toDelivery(payload: unknown): Pick<Delivery, 'headers' | 'body'> {
  const [headers, content] = [at(payload, 'request.headers'), at(payload, 'request.payload')];
  if (typeof headers !== 'object' || headers === null || typeof content !== 'object' || content === null)
    throw new AppError(502, 'not_kept', 'GitHub did not keep what it sent');
  const kept = Object.entries(headers).flatMap(([name, value]) =>
    /^x-github-/i.test(name) || /^user-agent$/i.test(name) ? [[name.toLowerCase(), String(value)] as const] : [],
  );
  return {
    headers: { ...Object.fromEntries(kept), 'content-type': 'application/json' },
    body: Buffer.from(toJson(content)),
  };
}
