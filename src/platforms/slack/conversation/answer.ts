import type { Clock } from '../../../core/clock.ts';
import type { Reply } from '../../../core/command/command.ts';
import type { Log } from '../../../core/log.ts';
import type { ParseMarkdown } from '../../../core/message/tree.ts';
import { plainly } from '../connection/plainly.ts';
import type { Respond } from '../connection/respond.ts';
import { SlackRefusal } from '../connection/to-app-error.ts';
import type { SlackCall } from '../connection/web-calls.ts';
import { toSlackMessage } from '../message/to-slack-message.ts';

/** Where an answer belongs. */
export interface Addressee {
  readonly user: string;
  /** Nothing for what happens outside of every channel, such as on the Home tab. */
  readonly channel?: string;
  readonly thread?: string;
  readonly responseUrl?: string;
}

export type Answer = (to: Addressee, reply: Pick<Reply, 'message' | 'visibleTo'>) => Promise<void>;

export interface AnswerParts {
  readonly call: SlackCall;
  readonly respond: Respond;
  readonly parseMarkdown: ParseMarkdown;
  readonly clock: Clock;
  readonly log: Log;
}

const WAITS = 3;
const WAIT_AT_MOST = 30_000;

/** Answers where somebody asked: by the response URL, which works in every channel; without one in the channel; else in a direct message. */
export function createAnswer({ call, respond, parseMarkdown, clock, log }: AnswerParts): Answer {
  return async ({ user, channel, thread, responseUrl }, { message, visibleTo }) => {
    const payload = toSlackMessage(message, { parseMarkdown });
    const threaded = thread ? { thread_ts: thread } : {};
    const open = visibleTo === 'channel';

    const ways: (() => Promise<unknown>)[] = [];
    if (responseUrl) {
      const type = { response_type: open ? 'in_channel' : 'ephemeral', replace_original: false };
      ways.push(() => plainly(payload, log, (content) => respond(responseUrl, { ...content, ...threaded, ...type })));
    }
    if (channel && open)
      ways.push(() =>
        plainly(payload, log, (content) => call('chat.postMessage', { channel, ...content, ...threaded })),
      );
    if (channel && !open)
      ways.push(() =>
        plainly(payload, log, (content) => call('chat.postEphemeral', { channel, user, ...content, ...threaded })),
      );
    ways.push(() => plainly(payload, log, (content) => call('chat.postMessage', { channel: user, ...content })));
    await firstThatWorks(ways.map((way) => () => patiently(way, clock)));
  };
}

async function firstThatWorks(ways: readonly (() => Promise<unknown>)[]): Promise<void> {
  for (const [index, way] of ways.entries()) {
    try {
      await way();
      return;
    } catch (error) {
      const closed = error instanceof SlackRefusal && (error.kind === 'gone' || error.kind === 'place');
      if (!closed || index === ways.length - 1) throw error;
    }
  }
}

/** Waits as Slack asks where it limits answers, within reason. */
async function patiently(way: () => Promise<unknown>, clock: Clock): Promise<void> {
  for (let waits = 0; ; waits++) {
    try {
      await way();
      return;
    } catch (error) {
      if (!(error instanceof SlackRefusal) || error.kind !== 'limit' || waits === WAITS) throw error;
      await clock.sleep(Math.min(error.retryAfter ?? 0, WAIT_AT_MOST));
    }
  }
}
