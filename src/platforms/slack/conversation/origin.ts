import { textOf } from '../connection/answer-parts.ts';
import type { SlackBlock, SlackMessage } from '../message/payload.ts';

const MARK = 'reply';

/** Notes on a reply's buttons which command it answers: of a message that only one person saw, Slack gives back only the button. */
export function withOrigin(payload: SlackMessage, command: string | undefined): SlackMessage {
  if (command === undefined) return payload;
  let count = 0;
  const mark = (block: SlackBlock): SlackBlock =>
    block.type === 'actions' ? { ...block, block_id: [MARK, command, count++].join(':') } : block;
  return {
    ...payload,
    blocks: payload.blocks.map(mark),
    attachments: payload.attachments.map((attachment) => ({ ...attachment, blocks: attachment.blocks.map(mark) })),
  };
}

/** The command that a clicked button's message answers. */
export function originOf(action: unknown): string | undefined {
  const [mark, command] = (textOf(action, 'block_id') ?? '').split(':');
  return mark === MARK ? command : undefined;
}
