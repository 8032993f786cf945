import { lookup as systemLookup } from 'node:dns';
import { request as httpsRequest, type RequestOptions } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { AppError } from '../../core/errors.ts';
import type { FetchPublished, PublishedRequest } from '../../core/provider/fetch-published.ts';

export interface HttpsFetchOptions {
  readonly now: () => Date;
  /** Resolves names, as `dns.lookup` does. */
  readonly lookup?: LookupFunction;
  /** Whether an address may be asked; only public ones when left out. */
  readonly mayAsk?: (address: string) => boolean;
  /** What the connection needs besides, such as a port and a certificate authority of one's own. */
  readonly connection?: Pick<RequestOptions, 'port' | 'ca'>;
}

const TIMEOUT = 5_000;
const SIZE_LIMIT = 262_144;
/** Seconds. */
const USUAL_KEEP = 3_600;
const FAILURE_KEEP = 10;
const MOST_KEPT = 200;
/** A flood of forgeries that each name another address must not become a flood of requests. */
const PER_MINUTE = 60;

interface Kept {
  readonly at: number;
  readonly answer: Promise<string>;
  failed: boolean;
}

/** Fetches published documents: see `FetchPublished` for what is promised. */
export function createHttpsFetch({
  now,
  lookup = systemLookup,
  mayAsk = isPublic,
  connection = {},
}: HttpsFetchOptions): FetchPublished {
  const kept = new Map<string, Kept>();
  let minute = 0;
  let asked = 0;

  return async (request) => {
    const url = checkUrl(request);
    const key = JSON.stringify([request.method, request.url, request.body, request.headers]);
    const at = now().getTime();
    const { keep = USUAL_KEEP } = request;
    const known = kept.get(key);
    if (known && at - known.at < (known.failed ? Math.min(keep, FAILURE_KEEP) : keep) * 1_000) return known.answer;
    spend(at);
    const answer = ask(url, request, { lookup: guarded(lookup, mayAsk), ...connection });
    const entry: Kept = { at, answer, failed: false };
    answer.catch(() => {
      entry.failed = true;
    });
    kept.delete(key);
    if (keep > 0) kept.set(key, entry);
    const [oldest] = kept.keys();
    if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
    return answer;
  };

  function spend(at: number): void {
    const current = Math.floor(at / 60_000);
    if (current !== minute) [minute, asked] = [current, 0];
    if (++asked > PER_MINUTE)
      throw new AppError(503, 'fetching_too_much', 'Too many keys were fetched within a minute.');
  }
}

function checkUrl({ url: text, hosts }: PublishedRequest): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const known =
    url && hosts.some((host) => (typeof host === 'string' ? host === url.hostname : host.test(url.hostname)));
  if (url?.protocol !== 'https:' || url.port || url.username || url.password || !known)
    throw new AppError(400, 'address_refused', 'It is not at an address from which keys are taken.');
  return url;
}

function ask(
  url: URL,
  { method = 'GET', headers = {}, body }: PublishedRequest,
  connection: RequestOptions,
): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const away = (why: string, cause?: unknown) =>
    reject(new AppError(503, 'fetch_failed', `${url.hostname} ${why}.`, cause === undefined ? {} : { cause }));
  const request = httpsRequest(
    url,
    {
      method,
      headers: { accept: '*/*', ...headers },
      agent: false,
      signal: AbortSignal.timeout(TIMEOUT),
      ...connection,
    },
    (response) => {
      const { statusCode = 0 } = response;
      if (statusCode !== 200) {
        response.destroy();
        if (statusCode >= 500 || statusCode === 429) away(`answered ${statusCode}`);
        else reject(new AppError(400, 'fetch_refused', `${url.hostname} answered ${statusCode}.`));
        return;
      }
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        chunks.push(chunk);
        if (size <= SIZE_LIMIT) return;
        response.destroy();
        reject(new AppError(400, 'fetch_refused', `${url.hostname} answered with more than ${SIZE_LIMIT} bytes.`));
      });
      response.on('end', () => resolve(Buffer.concat(chunks).toString()));
      response.on('error', (cause) => away('broke off its answer', cause));
    },
  );
  request.on('error', (cause) => {
    if (cause instanceof AppError) reject(cause);
    else
      away(
        cause.name === 'TimeoutError' || cause.name === 'AbortError'
          ? `did not answer within ${TIMEOUT / 1000} s`
          : 'could not be reached',
        cause,
      );
  });
  request.end(body);
  return promise;
}

/** Looks a name up once and connects to what was found and checked, so that a second look cannot find another address. */
function guarded(lookup: LookupFunction, mayAsk: (address: string) => boolean): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, '', 0);
      const addresses = typeof found === 'string' ? [{ address: found, family: isIP(found) }] : found;
      const allowed = addresses.filter(({ address }) => mayAsk(address));
      const [first] = allowed;
      if (!first || allowed.length < addresses.length)
        return callback(new AppError(400, 'address_refused', `${hostname} is not at a public address.`), '', 0);
      if (options.all) return callback(null, allowed);
      return callback(null, first.address, first.family);
    });
  };
}

const PRIVATE = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  PRIVATE.addSubnet(network, prefix, 'ipv4');
/** Only what is handed out to the world: https://www.iana.org/assignments/ipv6-unicast-address-assignments */
const PUBLIC6 = new BlockList();
PUBLIC6.addSubnet('2000::', 3, 'ipv6');
const PRIVATE6 = new BlockList();
for (const [network, prefix] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
] as const)
  PRIVATE6.addSubnet(network, prefix, 'ipv6');

/** Whether an address belongs to the open internet. */
export function isPublic(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !PRIVATE.check(address, 'ipv4');
    case 6:
      return PUBLIC6.check(address, 'ipv6') && !PRIVATE6.check(address, 'ipv6');
    default:
      return false;
  }
}
