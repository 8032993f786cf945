import type { RequestListener } from 'node:http';
import type { CommandRunner } from '../../core/command/command.ts';
import { AppError } from '../../core/errors.ts';
import type { MessageRef } from '../../core/event/post.ts';
import type { Message } from '../../core/message/message.ts';
import type { Platform, PlatformNews, PostOptions } from '../../core/platform/platform.ts';
import { textOf } from './connection/answer-parts.ts';
import { createHttpListener } from './connection/http-listener.ts';
import type { SlackOptions } from './connection/options.ts';
import { sendLessened } from './connection/send-lessened.ts';
import { POST_EVENT } from './connection/sent-nonces.ts';
import { SlackRefusal, unreadable } from './connection/to-app-error.ts';
import { findPerson } from './conversation/find-person.ts';
import { toHealth } from './health.ts';
import { toSlackMessage } from './message/to-slack-message.ts';
import type { Session } from './open-session.ts';

export interface SlackPlatform extends Platform {
  /** Takes what Slack sends to `/slack/events`, raw: the body must not have been read. */
  readonly requestListener: RequestListener;
}

/** How long ago a message may have been posted in place of another whose edit was asked for again, in milliseconds. */
const INSTEAD_WITHIN = 86_400_000;

/** Slack, over sockets or HTTP. Starting never fails for bad tokens: `health` says what is wrong, and a better token is used once it is set. */
export function createSlackPlatform(options: SlackOptions): SlackPlatform {
  const { parseMarkdown, clock, log } = options;
  let opening: Promise<Session> | undefined;
  let session: Session | undefined;
  const connected = (): Session => {
    if (session) return session;
    throw new AppError(503, 'slack_not_started', 'Slack is not connected yet.', { retryAfter: 1_000 });
  };

  const platform: SlackPlatform = {
    name: 'slack',
    title: 'Slack',
    // https://docs.slack.dev/apis/web-api/rate-limits: about one message a second in each channel, with short bursts.
    budget: { perSecond: 1, burst: 3 },
    async start(run: CommandRunner, news?: PlatformNews) {
      const { openSession } = await import('./open-session.ts');
      const begun = openSession({ run, ...(news && { news }) }, options);
      opening = begun;
      const opened = await begun;
      // It may have been stopped meanwhile.
      if (opening !== begun) return;
      session = opened;
      await opened.tried;
      const { ready, detail } = toHealth(opened, options);
      if (ready) log.info({ platform: 'slack' }, detail);
      else log.warn({ platform: 'slack' }, detail);
    },
    async stop() {
      const ending = opening;
      [opening, session] = [undefined, undefined];
      await (await ending)?.stop();
    },
    health: () => toHealth(session, options),
    channel: async (text) => connected().channels.find(text),
    person: async (text) => findPerson(text, connected().people),
    profiles: async (said) => connected().profiles(said),

    post,
    async edit(ref, message) {
      const { call, identity } = connected();
      identity.mustWork();
      try {
        const { leftOut } = await sendLessened(toSlackMessage(message, { parseMarkdown }), log, (content) =>
          call('chat.update', { channel: ref.channel, ts: ref.id, ...content }),
        );
        return toRef(ref.channel, ref.id, leftOut);
      } catch (error) {
        if (!(error instanceof SlackRefusal) || error.kind !== 'gone') throw error;
        return postInstead(ref, message);
      }
    },
    find: async (channel, lookup) => connected().nonces.find(channel, lookup),
    sees: async (user, channel) => connected().visibility.sees(user, channel),
    open: async (channel) => connected().visibility.open(channel),

    requestListener: createHttpListener(() => session?.requestListener, log),
  };
  return platform;

  async function post(channel: string, message: Message, { thread, nonce }: PostOptions): Promise<MessageRef> {
    const { call, identity, nonces } = connected();
    identity.mustWork();
    const metadata = { event_type: POST_EVENT, event_payload: { nonce } };
    const place = { channel, metadata, ...(thread && { thread_ts: thread }) };
    try {
      const { answer, leftOut } = await sendLessened(toSlackMessage(message, { parseMarkdown }), log, (content) =>
        call('chat.postMessage', { ...content, ...place }),
      );
      const id = textOf(answer, 'ts');
      if (!id) throw unreadable();
      return toRef(textOf(answer, 'channel') ?? channel, id, leftOut);
    } catch (error) {
      // Without an answer it may have been posted, and only a new look can tell.
      if (error instanceof AppError && error.status >= 500) nonces.forget(channel);
      throw error;
    }
  }

  /** Deleted, or older than the workspace lets messages be edited: what is to be said is said all the same, once. */
  async function postInstead(ref: MessageRef, message: Message): Promise<MessageRef> {
    const nonce = `instead-of-${ref.id}`;
    const since = new Date(Math.max(Number(ref.id) * 1000 || 0, clock.now().getTime() - INSTEAD_WITHIN));
    const before = await connected().nonces.find(ref.channel, { nonce, since });
    if (before) return platform.edit(before, message);
    return post(ref.channel, message, { nonce });
  }
}

function toRef(channel: string, id: string, leftOut: readonly string[]): MessageRef {
  return { channel, id, ...(leftOut.length > 0 && { leftOut }) };
}
