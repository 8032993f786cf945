import type { Parsed } from '../core/delivery/delivery.ts';
import type { Answers, Objection } from '../core/provider/answers.ts';
import { plainAnswer } from '../core/provider/handshake.ts';

/** The words of Slack's incoming webhooks: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks/#handling_errors */
export const slackAnswers: Answers = {
  objection({ payload }: Parsed) {
    if (typeof payload !== 'object' || payload === null || Array.isArray(payload))
      return objection('invalid_payload', 'the body is not a message in Slack’s format');
    const { text, blocks, attachments } = payload as Readonly<Record<string, unknown>>; // Any object may have these.
    if (isGiven(blocks) && !Array.isArray(blocks)) return objection('invalid_blocks', '`blocks` is not a list');
    if (isGiven(attachments) && !Array.isArray(attachments))
      return objection('invalid_attachments', '`attachments` is not a list');
    if (Array.isArray(attachments) && attachments.length > 100)
      return objection('too_many_attachments', 'it has more than 100 attachments');
    const isEmpty = !isGiven(text) && ![blocks, attachments].some((list) => Array.isArray(list) && list.length > 0);
    return isEmpty ? objection('no_text', 'the message has neither text nor blocks nor attachments') : undefined;
  },
  taken: () => plainAnswer('ok'),
  refused: ({ status, code }) => plainAnswer(WORDS[status] ?? code, status),
};

const WORDS: Readonly<Record<number, string>> = { 404: 'no_service', 429: 'rate_limited' };

function objection(word: string, reason: string): Objection {
  return { answer: plainAnswer(word, 400), reason: `${reason}, so it was answered \`${word}\`` };
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}
