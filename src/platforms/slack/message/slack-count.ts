import { slackLength } from './mrkdwn.ts';
import type { SlackBlock } from './payload.ts';

/**
 * What a message may hold together. Slack gives no number for `msg_blocks_too_long`; messages above 11,000 characters,
 * counted escaped and with about a hundred for each block, have been refused (slackapi/bolt-js#2509).
 */
export const SLACK_COUNT_LIMIT = 9000;
export const SLACK_BLOCK_LIMIT = 45;
const BLOCK_COST = 100;

/** How much of `SLACK_COUNT_LIMIT` blocks use up. */
export function slackCount(blocks: readonly SlackBlock[]): number {
  return blocks.length * BLOCK_COST + countStrings(blocks);
}

/** Whether blocks are within both limits. */
export function fitsSlack(blocks: readonly SlackBlock[]): boolean {
  if (blocks.length > SLACK_BLOCK_LIMIT) return false;
  // Their JSON is longer than their text, and far quicker to measure: it settles nearly every message.
  const most = blocks.length * BLOCK_COST + slackLength(JSON.stringify(blocks));
  return most <= SLACK_COUNT_LIMIT || slackCount(blocks) <= SLACK_COUNT_LIMIT;
}

const UNCOUNTED: ReadonlySet<string> = new Set(['type', 'action_id', 'value', 'style', 'align', 'format']);

function countStrings(node: object): number {
  // The address behind a button or a menu's entry does not count as text.
  const pressed = 'value' in node || ('type' in node && node.type === 'button');
  let sum = 0;
  for (const key in node) {
    const part: unknown = node[key as keyof typeof node];
    if (typeof part === 'object' && part !== null) sum += countStrings(part);
    else if (typeof part === 'string' && !UNCOUNTED.has(key) && !(pressed && key === 'url')) sum += slackLength(part);
  }
  return sum;
}
