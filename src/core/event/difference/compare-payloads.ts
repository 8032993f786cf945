import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Differences, valueDiff } from '../../text/value-diff.ts';
import type { StoredEvent } from '../event.ts';
import type { Relay } from '../relay.ts';

export interface ComparedPayloads extends Differences {
  readonly was: unknown;
  readonly is: unknown;
}

/** Where the payloads of two events differ, with secrets masked. Large ones take long, so deliveries get their turn in between. */
export async function comparePayloads(
  before: StoredEvent,
  after: StoredEvent,
  { show }: Pick<Relay, 'show'>,
): Promise<ComparedPayloads> {
  const was = show(before).payload;
  await nextTurn();
  const is = show(after).payload;
  await nextTurn();
  return { was, is, ...valueDiff(was, is) };
}
