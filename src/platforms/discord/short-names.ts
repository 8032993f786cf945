import { createHash } from 'node:crypto';

/** Short names for texts too long for a button. Remembers the latest thousands; a restart forgets them. */
export interface ShortNames {
  shorten(text: string): string;
  /** The text of a short name, the text itself when it is none, nothing for a name forgotten. */
  lengthen(name: string): string | undefined;
}

const LIMIT = 5_000;
const PREFIX = '~';

export function createShortNames(): ShortNames {
  const texts = new Map<string, string>();
  return {
    shorten(text) {
      const name = `${PREFIX}${createHash('sha256').update(text).digest('base64url').slice(0, 24)}`;
      texts.delete(name);
      texts.set(name, text);
      const [oldest] = texts.keys();
      if (texts.size > LIMIT && oldest) texts.delete(oldest);
      return name;
    },
    lengthen: (name) => (name.startsWith(PREFIX) ? texts.get(name) : name),
  };
}
