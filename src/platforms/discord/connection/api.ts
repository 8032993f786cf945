import type { REST, RequestMethod } from 'discord.js';
import type { Clock } from '../../../core/clock.ts';
import { AppError } from '../../../core/errors.ts';
import { createBreaker } from './breaker.ts';
import { type AnswerKind, readAnswer } from './read-answer.ts';
import { readingWhole } from './read-whole.ts';
import { TOKEN_RETRY, toAppError, tokenRefused } from './to-app-error.ts';
import type { Token } from './token.ts';

export interface DiscordRequest {
  readonly body?: unknown;
  readonly query?: Readonly<Record<string, string>>;
  /** Whether the path carries its own token, as those of interactions do. */
  readonly open?: true;
  /** What the answer must be; an object where it is left out. */
  readonly answer?: AnswerKind;
}

type Method = `${RequestMethod}`;

/** Discord's REST API. Never retries: who asks knows whether to ask again. Throws `AppError`. */
export interface DiscordApi {
  request<Answer>(method: Method, path: `/${string}`, request?: DiscordRequest): Promise<Answer>;
  /** Why no request can succeed now; nothing while they can. */
  readonly stopped: AppError | undefined;
}

export interface DiscordApiParts {
  readonly token: Token;
  readonly apiUrl?: string;
  readonly clock: Clock;
  /** How many refused requests in ten minutes silence us. */
  readonly refusals?: number;
  /** Called when Discord begins to refuse the token. */
  readonly onRefused?: () => void;
}

interface Clients {
  /** For what needs the token. */
  readonly own: REST;
  /** For interactions, whose paths carry their own. */
  readonly open: REST;
}

export const REQUEST_TIMEOUT = 10_000;

export function createDiscordApi({ token, apiUrl, clock, refusals, onRefused }: DiscordApiParts): DiscordApi {
  const breaker = createBreaker(clock, refusals);
  /** When a refused token is tried once more; nothing while it is accepted. */
  let tryTokenAt: number | undefined;
  let loading: Promise<Clients> | undefined;

  // The library costs 25 MB, so an installation without Discord never loads it.
  async function load(): Promise<Clients> {
    const { DefaultRestOptions, REST, RESTEvents } = await import('discord.js');
    const create = (limit: { readonly globalRequestsPerSecond?: number } = {}) => {
      const rest = new REST({
        retries: 0,
        timeout: REQUEST_TIMEOUT,
        rejectOnRateLimit: () => true,
        makeRequest: readingWhole(DefaultRestOptions.makeRequest),
        ...limit,
        ...(apiUrl && { api: apiUrl }),
      });
      rest.on(RESTEvents.Response, (_request, { status, headers }) => {
        // What many bots share is not our fault, and Discord does not count it either.
        const counts =
          status === 401 || status === 403 || (status === 429 && headers.get('x-ratelimit-scope') !== 'shared');
        if (counts) breaker.count();
      });
      return rest;
    };
    // Answers to people are outside the limit of all requests together, and the library holds them to it.
    return { own: create(), open: create({ globalRequestsPerSecond: Number.MAX_SAFE_INTEGER }) };
  }

  function stopped(): AppError | undefined {
    if (tryTokenAt !== undefined) return tokenRefused();
    const { pause } = breaker;
    if (pause === undefined) return undefined;
    const message =
      'Discord has refused too many requests. Bellhop stays silent for a while, because Discord would ban it otherwise.';
    return new AppError(429, 'discord_paused', message, { retryAfter: pause });
  }

  /** Whether this request is the one in a minute that shows whether Discord accepts the token again. */
  function probes(open: true | undefined): boolean {
    const now = clock.elapsed();
    if (open || tryTokenAt === undefined || now < tryTokenAt || breaker.pause !== undefined) return false;
    tryTokenAt = now + TOKEN_RETRY;
    return true;
  }

  function refuse(): void {
    if (tryTokenAt !== undefined) return;
    tryTokenAt = clock.elapsed() + TOKEN_RETRY;
    onRefused?.();
  }

  return {
    get stopped() {
      return stopped();
    },
    async request<Answer>(
      method: Method,
      path: `/${string}`,
      { body, query, open, answer = 'object' }: DiscordRequest = {},
    ) {
      if (tryTokenAt !== undefined && token.renew()) tryTokenAt = undefined;
      const probe = probes(open);
      const reason = probe ? undefined : stopped();
      if (reason) throw reason;
      loading ??= load();
      const clients = await loading;
      // After a 401 the library forgets the token, and fails differently from then on; and there may be another by now.
      clients.own.setToken(token.now);
      const rest = open ? clients.open : clients.own;
      try {
        const response = await rest.queueRequest({
          // The library names its methods by an enum of the same words.
          method: method as RequestMethod,
          fullRoute: path,
          auth: !open,
          ...(body !== undefined && { body }),
          ...(query && { query: new URLSearchParams(query) }),
        });
        // What Discord answers is typed by whoever asks: its own description says so.
        const found = readAnswer({ status: response.status, text: await response.text() }, answer) as Answer;
        if (probe) tryTokenAt = undefined;
        return found;
      } catch (error) {
        const failure = toAppError(error);
        if (failure.code === 'discord_token') refuse();
        else if (probe && failure.status < 500 && failure.status !== 429) tryTokenAt = undefined;
        throw failure;
      }
    },
  };
}
