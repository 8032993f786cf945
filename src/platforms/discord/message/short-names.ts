import { createHash } from 'node:crypto';
import type { Notes } from '../../../core/cluster.ts';
import { DAY } from '../../../core/text/duration.ts';
import { LONGEST_PACKED, pack, unpack } from './packed-text.ts';

/** Short names for texts too long for a button. */
export interface ShortNames {
  /**
   * A name of at most this many characters. It holds the text itself where that can be packed so small; the latest thousands
   * of the others are remembered, until a restart; with other nodes, for a month.
   */
  shorten(text: string, length?: number): string;
  /** The text behind a short name; any other text as it is; nothing for a name that was forgotten. */
  lengthen(name: string): Promise<string | undefined>;
}

// https://discord.com/developers/docs/components/reference#anatomy-of-a-component-custom-id
const ID_LENGTH = 100;
const LIMIT = 5_000;
/** How long other nodes find what was remembered here, in milliseconds. */
const NOTED_FOR = 30 * DAY;
const PREFIX = { packed: '^', remembered: '~' } as const;

/** A name that holds the text itself; nothing when that would be longer than this. */
export function packedName(text: string, length = ID_LENGTH): string | undefined {
  if (Buffer.byteLength(text) > LONGEST_PACKED) return undefined;
  const name = `${PREFIX.packed}${pack(text)}`;
  return name.length <= length ? name : undefined;
}

/** With other nodes, `notes` is where each finds what another remembered. */
export function createShortNames(notes?: Notes): ShortNames {
  const texts = new Map<string, string>();

  function remember(text: string): string {
    const name = `${PREFIX.remembered}${createHash('sha256').update(text).digest('base64url').slice(0, 24)}`;
    texts.delete(name);
    texts.set(name, text);
    notes?.keep(name, text, NOTED_FOR);
    const [oldest] = texts.keys();
    if (texts.size > LIMIT && oldest) texts.delete(oldest);
    return name;
  }

  return {
    shorten: (text, length) => packedName(text, length) ?? remember(text),
    async lengthen(name) {
      if (name.startsWith(PREFIX.packed)) return unpack(name.slice(1));
      if (!name.startsWith(PREFIX.remembered)) return name;
      return texts.get(name) ?? (await notes?.read(name));
    },
  };
}
