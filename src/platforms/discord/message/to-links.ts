import type { CleanLinkAction } from '../../../core/message/message.ts';
import type { Block, Inline } from '../../../core/message/tree.ts';
import { cutText } from '../../../core/text/cut-text.ts';
import { writeLink } from './write-inline.ts';

export interface Links {
  readonly text: string;
  /** How many have no place. */
  readonly left: number;
}

const LINKS_LENGTH = 1500;
const LABEL_LENGTH = 80;

/** Links that no button could carry, a line for each. */
export function toLinks(actions: readonly CleanLinkAction[]): Links {
  let [text, left] = ['', 0];
  for (const action of actions) {
    const line = writeLink(action.url, labelOf(action));
    if (text.length + line.length + 1 > LINKS_LENGTH) left++;
    else text += (text && '\n') + line;
  }
  return { text, left };
}

/** The same, all of them, as the end of a tree. */
export function toLinkTree(actions: readonly CleanLinkAction[]): readonly Block[] {
  const lines = actions.map((action): readonly Inline[] => [
    { type: 'link', url: action.url, children: [{ type: 'text', text: labelOf(action) }] },
    { type: 'break' },
  ]);
  return lines.length > 0 ? [{ type: 'paragraph', children: lines.flat() }] : [];
}

function labelOf({ label }: CleanLinkAction): string {
  return cutText(label, LABEL_LENGTH);
}
