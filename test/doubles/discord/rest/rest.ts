import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DiscordClock } from '../clock.ts';
import { DiscordFailure } from '../failure.ts';
import type { Json } from '../messages.ts';
import type { Oracle } from '../oracle.ts';
import type { createLimiter } from './limiter.ts';

export interface RouteCall {
  readonly params: readonly string[];
  readonly query: URLSearchParams;
  readonly body: Json;
  readonly files: readonly string[];
}

/** One route: `:` stands for an id. Routes of interactions carry their own token and need no other. */
export interface Route {
  readonly method: string;
  readonly template: string;
  readonly open?: true;
  handle(call: RouteCall): { readonly status: number; readonly body?: unknown };
}

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly body: Json;
  readonly files: readonly string[];
  readonly authorized: boolean;
  readonly status: number;
}

export interface Fault {
  readonly method?: string;
  readonly path?: RegExp;
  readonly when?: (body: Json) => boolean;
  readonly times?: number;
  readonly status?: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Milliseconds of real time to wait first. */
  readonly delay?: number;
  /** Called as the request arrives; it is answered once this resolves. */
  readonly hold?: () => Promise<unknown>;
  /** Answers with this text, whatever was done: half a document, a page of a proxy, nothing. */
  readonly garbled?: string;
  /** Cuts the connection: before anything was done, or after it was. */
  readonly reset?: 'before' | 'after';
}

export interface RestParts {
  readonly clock: DiscordClock;
  readonly limiter: ReturnType<typeof createLimiter>;
  readonly oracle: Oracle | undefined;
  readonly routes: readonly Route[];
  readonly token: () => string;
}

interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Rest = ReturnType<typeof createRest>;

/** Discord's REST API: faults first, then the ban, the token, the rate limits, and only then the route itself. */
export function createRest({ limiter, oracle, routes, token }: RestParts) {
  const calls: Call[] = [];
  const problems: string[] = [];
  let lost = 0;
  const faults: { fault: Fault; left: number }[] = [];
  let chance: (method: string, path: string) => Fault | undefined = () => undefined;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://discord');
    const method = request.method ?? 'GET';
    const path = pathname.replace(/^\/api(\/v\d+)?/, '');
    const { body, files } = await bodyOf(request);
    const fault = nextFault(method, path, body);
    if (fault?.delay) await sleep(fault.delay);
    await fault?.hold?.();
    if (fault?.reset === 'before') {
      lost++;
      return void request.socket.destroy();
    }
    const authorized = request.headers.authorization === `Bot ${token()}`;
    const answer =
      fault?.status === undefined
        ? run({ method, path, query: searchParams, body, files, authorized })
        : { status: fault.status, body: fault.body, headers: fault.headers ?? {} };
    limiter.count(answer.status, answer.headers?.['x-ratelimit-scope']);
    calls.push({ method, path, body, files, authorized, status: answer.status });
    if (fault?.reset === 'after') return void request.socket.destroy();
    const text = fault?.garbled ?? (typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body));
    const type = typeof answer.body === 'string' ? 'text/html' : 'application/json';
    response
      .writeHead(fault?.garbled === undefined ? answer.status : 200, {
        ...(answer.body !== undefined && { 'content-type': type }),
        ...answer.headers,
      })
      .end(text);
  }

  function run({
    method,
    path,
    query,
    body,
    files,
    authorized,
  }: Omit<RouteCall, 'params'> & { method: string; path: string; authorized: boolean }): Answer {
    if (limiter.banned()) return { status: 429, body: 'error code: 1015', headers: { 'retry-after': '600' } };
    const segments = path.split('/').slice(1).map(decodeURIComponent);
    const route = routes.find((candidate) => candidate.method === method && matches(candidate.template, segments));
    if (!route) return { status: 404, body: { message: '404: Not Found', code: 0 } };
    if (!route.open && !authorized) return { status: 401, body: new DiscordFailure(0) };
    const params = segments.filter((_segment, index) => route.template.split('/')[index + 1] === ':');
    // Webhooks, and so answers to interactions, are told apart by their token too.
    const major = params.slice(0, segments[0] === 'webhooks' ? 2 : 1).join('/');
    const { headers, limited } = limiter.take(method, route.template, major);
    if (limited) return tooMany(limited.scope, limited.seconds, headers);
    const template = segments.includes('@original') ? route.template.replace(/:$/, '@original') : route.template;
    try {
      const wrong =
        Object.keys(body).length > 0 || Array.isArray(body) ? (oracle?.request(method, template, body) ?? []) : [];
      problems.push(...wrong);
      if (wrong.length > 0) throw new DiscordFailure(50035, wrong);
      const answer = route.handle({ params, query, body, files });
      problems.push(
        ...(oracle && answer.body !== undefined
          ? oracle.response(method, template, answer.status, JSON.parse(JSON.stringify(answer.body)))
          : []),
      );
      return { ...answer, headers };
    } catch (error) {
      if (!(error instanceof DiscordFailure)) throw error;
      return { status: error.status, body: error, headers };
    }
  }

  function nextFault(method: string, path: string, body: Json): Fault | undefined {
    const index = faults.findIndex(
      ({ fault }) =>
        (fault.method ?? method) === method && (fault.path?.test(path) ?? true) && (fault.when?.(body) ?? true),
    );
    const found = faults[index];
    if (!found) return chance(method, path);
    found.left--;
    if (found.left <= 0) faults.splice(index, 1);
    return found.fault;
  }

  return {
    handle,
    calls,
    problems,
    fail: (fault: Fault): void => void faults.push({ fault, left: fault.times ?? 1 }),
    /** Lets chance decide what goes wrong with each request from now on. */
    trouble(pick: typeof chance): void {
      chance = pick;
    },
    heal: (): void => void faults.splice(0),
    /** How many requests were lost before they were read. */
    lost: (): number => lost,
  };
}

/** A 429 as Discord writes it. https://discord.com/developers/docs/topics/rate-limits */
export function tooMany(
  scope: 'user' | 'global' | 'shared',
  seconds: number,
  headers: Readonly<Record<string, string>> = {},
) {
  const global = scope === 'global';
  return {
    status: 429,
    body: { message: 'You are being rate limited.', retry_after: Number(seconds.toFixed(3)), global },
    headers: {
      ...headers,
      'retry-after': String(Math.ceil(seconds)),
      'x-ratelimit-scope': scope,
      ...(global && { 'x-ratelimit-global': 'true' }),
    },
  };
}

function matches(template: string, segments: readonly string[]): boolean {
  const wanted = template.split('/').slice(1);
  return wanted.length === segments.length && wanted.every((part, index) => part === ':' || part === segments[index]);
}

async function bodyOf(request: IncomingMessage): Promise<{ readonly body: Json; readonly files: readonly string[] }> {
  const raw = await buffer(request);
  const type = request.headers['content-type'] ?? '';
  if (raw.length === 0) return { body: {}, files: [] };
  if (!type.startsWith('multipart/')) return { body: JSON.parse(raw.toString()), files: [] };
  const form = await new Response(new Uint8Array(raw), { headers: { 'content-type': type } }).formData();
  const files = [...form.values()].flatMap((value) => (typeof value === 'string' ? [] : [value.name]));
  return { body: JSON.parse(String(form.get('payload_json') ?? '{}')), files };
}
