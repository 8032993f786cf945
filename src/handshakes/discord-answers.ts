import type { Parsed } from '../core/delivery/delivery.ts';
import type { Answers, Objection } from '../core/provider/answers.ts';
import { jsonAnswer } from '../core/provider/handshake.ts';
import { slackAnswers } from './slack-answers.ts';

/**
 * The words of Discord's webhooks: nothing, the message where the sender waits for it, and for messages in Slack's format
 * Slack's: https://discord.com/developers/docs/resources/webhook#execute-webhook
 */
export const discordAnswers: Answers = {
  objection(delivery) {
    if (isForSlack(delivery)) return slackAnswers.objection?.(delivery);
    const { payload, problem } = delivery;
    if (typeof payload !== 'object' || payload === null || Array.isArray(payload))
      return objection(
        { code: 50_109, message: 'The request body contains invalid JSON.' },
        problem ?? 'The body is not a message in Discord’s format.',
      );
    const isEmpty = PARTS.every((part) => isNothing((payload as Readonly<Record<string, unknown>>)[part])); // Any object may have these.
    return isEmpty
      ? objection({ code: 50_006, message: 'Cannot send an empty message' }, 'The message says nothing.')
      : undefined;
  },
  taken(delivery) {
    if (isForSlack(delivery)) return slackAnswers.taken(delivery);
    return delivery.query.wait === 'true' || delivery.query.wait === '1'
      ? jsonAnswer(toMessage(delivery))
      : { status: 204, headers: {}, body: '' };
  },
  refused: ({ status, message }) => jsonAnswer({ message, code: CODES[status] ?? 0 }, status),
};

const PARTS = ['content', 'embeds', 'components', 'poll', 'sticker_ids'];
/** https://discord.com/developers/docs/topics/opcodes-and-status-codes#json */
const CODES: Readonly<Record<number, number>> = { 404: 10_015, 413: 40_005 };
/** Milliseconds since 1970 at which Discord's ids begin. */
const EPOCH = 1_420_070_400_000;

function isForSlack({ url }: Pick<Parsed, 'url'>): boolean {
  return (url.split('?', 1)[0] ?? '').endsWith('/slack');
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

function objection(body: { readonly code: number; readonly message: string }, reason: string): Objection {
  return { answer: jsonAnswer({ message: body.message, code: body.code }, 400), reason };
}

/** The message as Discord would have made it of the delivery. Its id is a moment, as Discord's are. */
function toMessage({ payload, receivedAt }: Parsed): object {
  const given = payload as Readonly<Record<string, unknown>>; // Nothing else is taken.
  const id = String(BigInt(receivedAt.getTime() - EPOCH) << 22n);
  return {
    id,
    type: 0,
    content: typeof given.content === 'string' ? given.content : '',
    channel_id: id,
    webhook_id: id,
    author: {
      id,
      username: typeof given.username === 'string' ? given.username : 'Webhook',
      avatar: null,
      discriminator: '0000',
      bot: true,
    },
    attachments: [],
    embeds: Array.isArray(given.embeds) ? given.embeds : [],
    mentions: [],
    mention_roles: [],
    mention_everyone: false,
    pinned: false,
    tts: false,
    timestamp: receivedAt.toISOString(),
    edited_timestamp: null,
    flags: 0,
    components: [],
  };
}
