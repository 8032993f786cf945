import type { Clock } from '../../../core/clock.ts';
import type { Reply } from '../../../core/command/command.ts';
import { AppError } from '../../../core/errors.ts';
import type { Log } from '../../../core/log.ts';
import type { ParseMarkdown } from '../../../core/message/tree.ts';
import type { Respond } from '../connection/respond.ts';
import { sendReduced } from '../connection/send-reduced.ts';
import { SlackRefusal } from '../connection/to-app-error.ts';
import type { SlackCall } from '../connection/web-calls.ts';
import { toSlackMessage } from '../message/to-slack-message.ts';
import { withOrigin } from './origin.ts';

/** Where an answer belongs. */
export interface Addressee {
  readonly user: string;
  /** Nothing for what happens outside of every channel, such as on the Home tab. */
  readonly channel?: string;
  readonly thread?: string;
  readonly responseUrl?: string;
  /** The command that is answered. */
  readonly command?: string;
  /** Whether the answer takes the place of the message whose button was clicked, which only the caller sees. */
  readonly inPlace?: true;
}

export interface Answer {
  /** Posts a reply in the first way that works. Throws `AppError` when no way is left. */
  say(to: Addressee, reply: Pick<Reply, 'message' | 'visibleTo'>): Promise<void>;
  /** Says to the caller that it takes longer, if that is possible at once. */
  progress(to: Addressee, text: string): Promise<void>;
}

export interface AnswerParts {
  readonly call: SlackCall;
  readonly respond: Respond;
  readonly parseMarkdown: ParseMarkdown;
  readonly clock: Clock;
  readonly log: Log;
}

type Way = () => Promise<unknown>;

const LIMITS = 3;
const WAIT_AT_MOST = 30_000;
/** The pauses before trying again what may not have been done. An address takes five answers, so there are few. */
const PAUSES = [300, 2_000];

/**
 * Answers where somebody asked: by the response URL, which works in every channel; without one in the channel; else in a
 * direct message. What is for the caller alone is shown to nobody else, whichever way works.
 */
export function createAnswer({ call, respond, parseMarkdown, clock, log }: AnswerParts): Answer {
  return {
    async say({ user, channel, thread, responseUrl, command, inPlace = false }, { message, visibleTo }) {
      const payload = withOrigin(toSlackMessage(message, { parseMarkdown }), command);
      const threaded = thread ? { thread_ts: thread } : {};
      const open = visibleTo === 'channel';
      const by = (send: (content: object) => Promise<unknown>): Way => {
        return () => sendReduced(payload, log, send);
      };

      const ways: Way[] = [];
      if (responseUrl) {
        const type = { response_type: open ? 'in_channel' : 'ephemeral', replace_original: inPlace && !open };
        ways.push(by((content) => respond(responseUrl, { ...content, ...threaded, ...type })));
      }
      if (channel && open) ways.push(by((content) => call('chat.postMessage', { channel, ...content, ...threaded })));
      if (channel && !open)
        ways.push(by((content) => call('chat.postEphemeral', { channel, user, ...content, ...threaded })));
      ways.push(by((content) => call('chat.postMessage', { channel: user, ...content })));
      await firstThatWorks(ways.map((way) => () => withRetries(way, clock)));
      if (inPlace && open && responseUrl) await takeAway(responseUrl);
    },

    async progress({ responseUrl, inPlace = false }, text) {
      if (!responseUrl) return;
      const payload = { text, attachments: [], response_type: 'ephemeral', replace_original: inPlace };
      await respond(responseUrl, payload).catch((error: unknown) => noteFailure(error, 'progress could not be shown'));
    },
  };

  /** Removes a question that was answered. */
  async function takeAway(responseUrl: string): Promise<void> {
    const away = () => respond(responseUrl, { delete_original: true });
    await withRetries(away, clock).catch((error: unknown) =>
      noteFailure(error, 'an answered question could not be removed'),
    );
  }

  function noteFailure(error: unknown, what: string): void {
    if (!(error instanceof AppError)) throw error;
    log.info({ platform: 'slack', code: error.code }, what);
  }
}

async function firstThatWorks(ways: readonly Way[]): Promise<void> {
  for (const [index, way] of ways.entries()) {
    try {
      await way();
      return;
    } catch (error) {
      if (!(error instanceof AppError) || index === ways.length - 1) throw error;
    }
  }
}

/** Waits as Slack asks where it limits answers, within reason, and tries again what Slack did not answer. */
async function withRetries(way: Way, clock: Clock): Promise<void> {
  let [limits, failures] = [0, 0];
  for (;;) {
    try {
      await way();
      return;
    } catch (error) {
      const pause = pauseAfter(error);
      if (pause === undefined) throw error;
      await clock.sleep(pause);
    }
  }

  function pauseAfter(error: unknown): number | undefined {
    if (!(error instanceof SlackRefusal)) return undefined;
    const wait = error.retryAfter ?? 0;
    if (error.kind === 'limit') return limits++ < LIMITS && wait <= WAIT_AT_MOST ? wait : undefined;
    return error.status >= 500 ? PAUSES[failures++] : undefined;
  }
}
