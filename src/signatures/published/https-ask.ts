import { lookup as systemLookup } from 'node:dns';
import type { IncomingHttpHeaders } from 'node:http';
import { request as httpsRequest, type RequestOptions } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { AppError } from '../../core/errors.ts';
import { isPublic } from './is-public.ts';

/** How another machine is reached. */
export interface HttpsOptions {
  /** Resolves names, as `dns.lookup` does. */
  readonly lookup?: LookupFunction;
  /** Whether an address may be asked; only public ones when left out. */
  readonly mayAsk?: (address: string) => boolean;
  /** What the connection needs besides, such as a port and a certificate authority of one's own. */
  readonly connection?: Pick<RequestOptions, 'port' | 'ca'>;
}

export interface HttpsQuestion {
  readonly url: string;
  readonly hosts: readonly (string | RegExp)[];
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** In bytes and milliseconds. */
export interface HttpsLimits {
  readonly size: number;
  readonly time: number;
}

export interface HttpsAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/**
 * Asks one of the hosts named, by https, at an address that may be asked, without following redirects. Throws `AppError` where
 * the address is another, nobody answers, or the answer is too large; with status 503 where time can help.
 */
export async function askHttps(
  question: HttpsQuestion,
  limits: HttpsLimits,
  { lookup = systemLookup, mayAsk = isPublic, connection = {} }: HttpsOptions = {},
): Promise<HttpsAnswer> {
  return ask(checkUrl(question), question, limits, { lookup: guarded(lookup, mayAsk), ...connection });
}

/** Throws `AppError` where a URL is not at one of the hosts named. */
export function checkUrl({ url: text, hosts }: Pick<HttpsQuestion, 'url' | 'hosts'>): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const known =
    url && hosts.some((host) => (typeof host === 'string' ? host === url.hostname : host.test(url.hostname)));
  if (url?.protocol !== 'https:' || url.port || url.username || url.password || !known)
    throw new AppError(
      400,
      'address_refused',
      'The URL is not a plain https URL at one of this provider’s hosts, so Bellhop does not fetch it.',
    );
  return url;
}

function ask(
  url: URL,
  { method = 'GET', headers = {}, body }: HttpsQuestion,
  limits: HttpsLimits,
  connection: RequestOptions,
): Promise<HttpsAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<HttpsAnswer>();
  const away = (why: string, cause?: unknown) =>
    reject(new AppError(503, 'fetch_failed', `${url.hostname} ${why}.`, cause === undefined ? {} : { cause }));
  const request = httpsRequest(
    url,
    {
      method,
      headers: { accept: '*/*', ...headers },
      agent: false,
      signal: AbortSignal.timeout(limits.time),
      ...connection,
    },
    (response) => {
      const { statusCode: status = 0, headers: given } = response;
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        chunks.push(chunk);
        if (size <= limits.size) return;
        response.destroy();
        reject(new AppError(400, 'fetch_refused', `${url.hostname} answered with more than ${limits.size} bytes.`));
      });
      response.on('end', () => resolve({ status, headers: given, text: Buffer.concat(chunks).toString() }));
      response.on('error', (cause) => away('broke off its answer', cause));
    },
  );
  request.on('error', (cause) => {
    if (cause instanceof AppError) reject(cause);
    else
      away(
        cause.name === 'TimeoutError' || cause.name === 'AbortError'
          ? `did not answer within ${limits.time / 1000} s`
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
