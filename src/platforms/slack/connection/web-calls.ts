import type { webApi } from '@slack/bolt';
import { type SlackRefusal, toAppError, unreadable } from './to-app-error.ts';

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
  /** Called with every refusal before it is thrown. */
  readonly onRefusal: (refusal: SlackRefusal) => void;
}

export function createCall({ client, onRefusal }: CallParts): SlackCall {
  return async (method, args = {}) => {
    try {
      const answer = await client().apiCall(method, { ...args });
      if (answer.ok !== true) throw unreadable();
      return { ...answer };
    } catch (error) {
      const refusal = toAppError(error);
      onRefusal(refusal);
      throw refusal;
    }
  };
}
