import { plainTextObject, type SlackBlock } from '../message/payload.ts';
import type { ModalView } from './form-view.ts';

const VIEW_BLOCKS = 100;
const TITLE = 'Bellhop';

/** A modal that says something and asks for nothing. */
export function toNotice(text: string): ModalView {
  return {
    type: 'modal',
    callback_id: 'notice',
    title: plainTextObject(TITLE),
    close: plainTextObject('Close'),
    private_metadata: '',
    blocks: toNoticeBlocks(text),
  };
}

export function toNoticeBlocks(text: string): readonly SlackBlock[] {
  return [{ type: 'context', elements: [plainTextObject(text)] }];
}

/** The blocks that may stand outside of messages, no more than a view holds. */
export function forView(blocks: readonly SlackBlock[]): readonly SlackBlock[] {
  return blocks.filter(({ type }) => type !== 'table').slice(0, VIEW_BLOCKS);
}
