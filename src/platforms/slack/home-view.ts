import type { Reply } from '../../core/command.ts';
import type { CommandAction } from '../../core/message.ts';
import type { ParseMarkdown } from '../../core/tree.ts';
import { forView } from './notice-view.ts';
import type { SlackBlock } from './payload.ts';
import { toActionBlocks } from './to-action-blocks.ts';
import { toSlackMessage } from './to-slack-message.ts';

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
    ...toActionBlocks(ACTIONS).blocks,
    ...parts.flatMap((part): readonly SlackBlock[] => [{ type: 'divider' }, ...part]),
  ];
  return { type: 'home', callback_id: 'home', blocks: forView(blocks) };
}

function blocksOf(message: Reply['message'], parseMarkdown: ParseMarkdown): readonly SlackBlock[] {
  const { blocks, attachments } = toSlackMessage(message, { parseMarkdown });
  return [...blocks, ...attachments.flatMap((attachment) => attachment.blocks)];
}
