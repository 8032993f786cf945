import type { RequestListener } from 'node:http';
import type { CommandRunner } from '../../core/command/command.ts';
import { AppError } from '../../core/errors.ts';
import type { MessageRef } from '../../core/event/post.ts';
import type { Message } from '../../core/message/message.ts';
import type { Platform, PlatformNews, PostOptions } from '../../core/platform/platform.ts';
import { createHttpListener } from './connection/http-listener.ts';
import type { SlackOptions } from './connection/options.ts';
import { plainly } from './connection/plainly.ts';
import { POST_EVENT } from './connection/sent-nonces.ts';
import { SlackRefusal } from './connection/to-app-error.ts';
import { textOf } from './connection/web-calls.ts';
import { toHealth } from './health.ts';
import { toSlackMessage } from './message/to-slack-message.ts';
import type { Session } from './open-session.ts';

export interface SlackPlatform extends Platform {
  /** Takes what Slack sends to `/slack/events`, raw: the body must not have been read. */
  readonly requestListener: RequestListener;
}

/** Slack, over sockets or HTTP. Starting never fails for bad tokens: `health` says what is wrong, and a better token is used once it is set. */
export function createSlackPlatform(options: SlackOptions): SlackPlatform {
  const { parseMarkdown, log } = options;
  let opening: Promise<Session> | undefined;
  let session: Session | undefined;
  const open = (): Session => {
    if (session) return session;
    throw new AppError(503, 'slack_not_started', 'Slack is not connected yet.', { retryAfter: 1_000 });
  };

  return {
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
    channel: (text) => open().channels.find(text),

    post,
    async edit(ref, message) {
      const { call, identity } = open();
      if (identity.refusal?.kind === 'credential') throw identity.refusal;
      try {
        await plainly(toSlackMessage(message, { parseMarkdown }), log, (content) =>
          call('chat.update', { channel: ref.channel, ts: ref.id, ...content }),
        );
        return ref;
      } catch (error) {
        // Deleted, or older than the workspace lets messages be edited: what is to be said is said all the same.
        if (!(error instanceof SlackRefusal) || error.kind !== 'gone') throw error;
        return post(ref.channel, message, { nonce: `instead-of-${ref.id}` });
      }
    },
    find: (channel, lookup) => open().nonces.find(channel, lookup),
    sees: async () => true,
    open: async () => true,

    requestListener: createHttpListener(() => session?.requestListener, log),
  };

  async function post(channel: string, message: Message, { thread, nonce }: PostOptions): Promise<MessageRef> {
    const { call, identity, nonces } = open();
    if (identity.refusal?.kind === 'credential') throw identity.refusal;
    const metadata = { event_type: POST_EVENT, event_payload: { nonce } };
    const place = { channel, metadata, ...(thread && { thread_ts: thread }) };
    try {
      const answer = await plainly(toSlackMessage(message, { parseMarkdown }), log, (content) =>
        call('chat.postMessage', { ...content, ...place }),
      );
      return { channel: textOf(answer, 'channel') ?? channel, id: textOf(answer, 'ts') ?? '' };
    } catch (error) {
      // Without an answer it may have been posted, and only a new look can tell.
      if (error instanceof AppError && error.status >= 500) nonces.forget(channel);
      throw error;
    }
  }
}
