import type { Reply } from '../../../core/command/command.ts';
import { type CommandAction, cleanCommand } from '../../../core/message/message.ts';
import type { ParseMarkdown } from '../../../core/message/tree.ts';
import type { SlackBlock } from '../message/payload.ts';
import { toActionBlocks } from '../message/to-action-blocks.ts';
import { toSlackMessage } from '../message/to-slack-message.ts';
import { forView } from './notice-view.ts';

const ACTIONS: readonly CommandAction[] = [
  { label: 'New endpoint', command: 'new', options: {}, style: 'primary' },
  { label: 'All endpoints', command: 'list', options: {} },
  { label: 'Mute', command: 'mute', options: {} },
  { label: 'History', command: 'history', options: {} },
  { label: 'Help', command: 'help', options: {} },
];

/** The Home tab: what there is for this person, one reply under the other. */
export function toHomeView(replies: readonly Reply[], parseMarkdown: ParseMarkdown) {
  const parts = replies.map(({ message }) => blocksOf(message, parseMarkdown));
  const blocks = [
    ...toActionBlocks(ACTIONS.map(cleanCommand)).blocks,
    ...parts.flatMap((part): readonly SlackBlock[] => [{ type: 'divider' }, ...part]),
  ];
  return { type: 'home', callback_id: 'home', blocks: forView(blocks) };
}

function blocksOf(message: Reply['message'], parseMarkdown: ParseMarkdown): readonly SlackBlock[] {
  const { blocks, attachments } = toSlackMessage(message, { parseMarkdown });
  return [...blocks, ...attachments.flatMap((attachment) => attachment.blocks)];
}
