import type { Log } from '../../../core/log.ts';
import type { SlackMessage } from '../message/payload.ts';
import { SlackRefusal } from './to-app-error.ts';

type Content = SlackMessage | Pick<SlackMessage, 'text' | 'unfurl_links' | 'unfurl_media'>;

/** Sends a message, and once more as its bare text should Slack not understand its blocks. */
export async function plainly<T>(payload: SlackMessage, log: Log, send: (content: Content) => Promise<T>): Promise<T> {
  try {
    return await send(payload);
  } catch (error) {
    if (!(error instanceof SlackRefusal) || error.kind !== 'payload') throw error;
    const { cause } = error;
    log.error({ platform: 'slack', code: error.code, err: cause }, 'Slack refused a message, so its text went alone');
    return send({ text: payload.text, unfurl_links: false, unfurl_media: false });
  }
}
