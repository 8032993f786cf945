import type { webApi } from '@slack/bolt';
import { type SlackRefusal, toAppError } from './to-app-error.ts';

/** Calls one method of Slack's Web API. Throws `SlackRefusal`. */
export type SlackCall = (method: string, args?: Readonly<Record<string, unknown>>) => Promise<SlackAnswer>;

/** What Slack answered; read with `textOf` and `partOf`, which take nothing for granted. */
export type SlackAnswer = Readonly<Record<string, unknown>>;

/** How every client of Slack behaves: it neither waits nor tries again by itself, since the lane in front of it decides. */
export function clientOptions(apiUrl: string | undefined): webApi.WebClientOptions {
  return {
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: 10_000,
    ...(apiUrl && { slackApiUrl: apiUrl }),
  };
}

export interface CallParts {
  /** The client that has the token of now. */
  readonly client: () => Pick<webApi.WebClient, 'apiCall'>;
  /** Told of every refusal before it is thrown. */
  readonly onRefusal: (refusal: SlackRefusal) => void;
}

export function createCall({ client, onRefusal }: CallParts): SlackCall {
  return async (method, args = {}) => {
    try {
      return { ...(await client().apiCall(method, { ...args })) };
    } catch (error) {
      const refusal = toAppError(error);
      onRefusal(refusal);
      throw refusal;
    }
  };
}

/** A text inside an answer by its path. */
export function textOf(value: unknown, ...path: readonly string[]): string | undefined {
  const found = partOf(value, ...path);
  return typeof found === 'string' && found !== '' ? found : undefined;
}

/** Anything inside an answer by its path. */
export function partOf(value: unknown, ...path: readonly string[]): unknown {
  let part = value;
  for (const name of path) {
    if (typeof part !== 'object' || part === null || !Object.hasOwn(part, name)) return undefined;
    part = (part as Record<string, unknown>)[name];
  }
  return part;
}

/** A list inside an answer by its path; empty when there is none. */
export function listOf(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const found = partOf(value, ...path);
  return Array.isArray(found) ? found : [];
}
