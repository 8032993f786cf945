import { toMessage } from '../../../src/core/message/message.ts';
import type { World } from '../../world.ts';

let said = 0;

/** Has Bellhop post texts to a channel of the page, one after the other; gives back their ids. */
export async function say({ app }: World, channel: string, texts: readonly string[]): Promise<readonly string[]> {
  const local = app.platforms.get('local');
  if (!local) throw new Error('the page is no platform');
  // They are asked for in order, and so they are written, many in one commit.
  const posted = await Promise.all(
    texts.map((body) => local.post(channel, toMessage({ body }), { nonce: `said ${++said}` })),
  );
  return posted.map(({ id }) => id);
}

export function range(from: number, to: number): readonly string[] {
  return Array.from({ length: to - from + 1 }, (_, index) => `number ${from + index} of many`);
}
