import type { RequestListener } from 'node:http';
import type { CommandRunner } from '../../core/command/command.ts';
import { AppError } from '../../core/errors.ts';
import type { Reaction } from '../../core/event/follow.ts';
import type { MessageRef } from '../../core/event/message-ref.ts';
import type { Message } from '../../core/message/message.ts';
import { MessageGone } from '../../core/platform/message-gone.ts';
import type { Platform, PlatformNews, PostOptions } from '../../core/platform/platform.ts';
import { textOf } from './connection/answer-parts.ts';
import { createHttpListener } from './connection/http-listener.ts';
import type { SlackOptions } from './connection/options.ts';
import { readNoticed } from './connection/read-noticed.ts';
import { sendReduced } from './connection/send-reduced.ts';
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

/** The channel is well, but this thread takes no reply. */
const THREAD_CLOSED = ['slack_restricted_action_thread_locked', 'slack_restricted_action_non_threadable_channel'];

/** https://docs.slack.dev/reference/methods/reactions.add */
const EMOJI: Readonly<Record<Reaction, string>> = { acknowledged: 'eyes', over: 'white_check_mark' };
const DONE_ALREADY = ['already_reacted', 'no_reaction'];

/** Slack, over sockets or HTTP. Starting never fails for bad tokens: `health` says what is wrong, and a better token is used once it is set. */
export function createSlackPlatform(options: SlackOptions): SlackPlatform {
  const { parseMarkdown, log } = options;
  let opening: Promise<Session> | undefined;
  let session: Session | undefined;
  let listening = true;
  const connected = (): Session => {
    if (session) return session;
    throw new AppError(503, 'slack_not_started', 'Slack is not connected yet.', { retryAfter: 1_000 });
  };

  const platform: SlackPlatform = {
    name: 'slack',
    title: 'Slack',
    // https://docs.slack.dev/apis/web-api/rate-limits: about one message a second in each channel, with short bursts.
    budget: { perSecond: 1, burst: 3 },
    // The same page: several hundred messages a minute in all of a workspace.
    totalBudget: { perSecond: 8, burst: 60 },
    // https://docs.slack.dev/reference/methods/chat.update is of tier 3: some fifty a minute over all channels.
    editBudget: { perSecond: 1, burst: 20 },
    async start(run: CommandRunner, news?: PlatformNews) {
      const { openSession } = await import('./open-session.ts');
      const begun = openSession({ run, listening, ...(news && { news }) }, options);
      opening = begun;
      const opened = await begun;
      // It may have been stopped meanwhile.
      if (opening !== begun) return;
      session = opened;
      await opened.listen(listening);
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
    async listen(on) {
      listening = on;
      await session?.listen(on);
    },
    forget: (channel) => session?.nonces.forget(channel),
    health: () => toHealth(session, { ...options, listening }),
    channel: async (text) => connected().channels.find(text),
    person: async (text) => findPerson(text, connected().people),
    profiles: async (said) => connected().profiles(said),

    post,
    async edit(ref, message) {
      const { call, identity } = connected();
      identity.mustWork();
      try {
        const { leftOut } = await sendReduced(toSlackMessage(message, { parseMarkdown }), log, (content) =>
          call('chat.update', { channel: ref.channel, ts: ref.id, ...content }),
        );
        return toRef(ref.channel, ref.id, leftOut);
      } catch (error) {
        throw error instanceof SlackRefusal && error.kind === 'gone' ? toGone(error) : error;
      }
    },
    async react({ channel, id: timestamp }, reaction, change) {
      const { call, identity } = connected();
      identity.mustWork();
      try {
        await call(`reactions.${change}`, { channel, timestamp, name: EMOJI[reaction] });
      } catch (error) {
        if (!(error instanceof SlackRefusal) || !DONE_ALREADY.includes(error.code)) throw error;
      }
    },
    async noticed(channel, since) {
      const { call, identity } = connected();
      identity.mustWork();
      return readNoticed(call, channel, since);
    },
    async link({ channel, id }) {
      const address = session?.identity.address;
      return address && `${address}archives/${channel}/p${id.replace('.', '')}`;
    },
    async stands({ channel, id }) {
      try {
        await connected().call('chat.getPermalink', { channel, message_ts: id });
        return true;
      } catch (error) {
        if (error instanceof SlackRefusal && error.kind === 'gone') return false;
        throw error;
      }
    },
    find: async (channel, lookup) => connected().nonces.find(channel, lookup),
    sees: async (user, channel) => connected().visibility.sees(user, channel),
    open: async (channel) => connected().visibility.open(channel),

    requestListener: createHttpListener(() => session?.requestListener, log),
  };
  return platform;

  async function post(
    channel: string,
    message: Message,
    { thread, broadcast = false, nonce }: PostOptions,
  ): Promise<MessageRef> {
    const { call, identity, nonces } = connected();
    identity.mustWork();
    const metadata = { event_type: POST_EVENT, event_payload: { nonce } };
    const place = { channel, metadata, ...(thread && { thread_ts: thread, reply_broadcast: broadcast }) };
    try {
      const { answer, leftOut } = await sendReduced(toSlackMessage(message, { parseMarkdown }), log, (content) =>
        call('chat.postMessage', { ...content, ...place }),
      );
      const id = textOf(answer, 'ts');
      if (!id) throw unreadable();
      return toRef(textOf(answer, 'channel') ?? channel, id, leftOut);
    } catch (error) {
      // Without an answer it may have been posted, and only another look-up shows it.
      if (error instanceof AppError && error.status >= 500) nonces.forget(channel);
      if (thread && error instanceof SlackRefusal && (error.kind === 'gone' || THREAD_CLOSED.includes(error.code)))
        throw toGone(error);
      throw error;
    }
  }
}

function toGone(error: SlackRefusal): MessageGone {
  return new MessageGone(
    error.code,
    'Slack no longer has that message, or does not let it be edited or answered.',
    error,
  );
}

function toRef(channel: string, id: string, leftOut: readonly string[]): MessageRef {
  return { channel, id, ...(leftOut.length > 0 && { leftOut }) };
}
