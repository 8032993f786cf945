import type { Flavour } from './markup/markup.ts';
import { flavourOf, toPlain } from './markup/markup.ts';
import type { Leaf, Walked } from './payload/walk.ts';
import { HEADLINES, PEOPLE, PLACES, PROSE } from './vocabulary.ts';
import { isPlaceholder, isSentence } from './words.ts';

/** A text that explains, and how it is marked up. */
export interface Prose {
  readonly text: string;
  readonly flavour: Flavour;
  readonly leaf: Leaf;
}

/** A program's word, not a person's. */
const CODED = /^[\w.:/-]{1,80}$/;
/** As much of a text as is looked at, to see what it is. */
const LOOKED_AT = 4_000;
/** Pieces of news hang below these, the latest first. */
const UPDATES = /update|comment|note|message|annotation|notice|occurrence/;

/** Texts that explain the event, in the order in which a person would want to read them. */
export function readProse({ leaves }: Walked): readonly Prose[] {
  return leaves
    .flatMap((leaf) => {
      const rank = rankOf(leaf);
      return rank === undefined || typeof leaf.value !== 'string' || !isProse(leaf.name, leaf.value)
        ? []
        : [{ leaf, text: leaf.value, rank }];
    })
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, 12)
    .map(({ leaf, text }) => ({
      leaf,
      text,
      flavour: /html/.test(leaf.name) ? 'html' : flavourOf(text.slice(0, LOOKED_AT)),
    }));
}

function rankOf({ name, owner }: Leaf): number | undefined {
  if (
    owner.aside ||
    owner.path.some((part) => PEOPLE.has(part) || (PLACES.has(part) && part !== 'monitor' && part !== 'pipeline'))
  )
    return undefined;
  const own = PROSE.get(name) ?? (name === 'text' || name === 'value' ? PROSE.get(owner.name) : undefined);
  const rank =
    own ??
    (/_(?:reason|message|description|details|body|text|comment|note|output|error|log)$/.test(name) &&
    !/^(?:commit|merge|old|previous|status|state)_/.test(name)
      ? 22
      : /_(?:reason|description)$/.test(name)
        ? 26
        : undefined);
  if (rank === undefined || (HEADLINES.has(name) && owner.depth === 0 && !PROSE.has(name))) return undefined;
  const [last = ''] = owner.path.slice(-1);
  if (
    /^(?:labels?|category|milestone|issue_?type|priority|status|type|tag|tier|role|plan|component|app)$/.test(last) &&
    owner.path.length > 0 &&
    name !== 'message'
  )
    return undefined;
  if (owner.sample && !UPDATES.test(last)) return undefined;
  const late = owner.path.some((part) => part.startsWith('last_')) ? 12 : 0;
  return rank + late + owner.path.length * 6 + owner.depth + (owner.sample ? 8 : 0);
}

/** Where one word may be all that somebody said. */
const SHORT = new Set(['message', 'msg', 'text', 'body', 'comment', 'note', 'content', 'error', 'output', 'reason']);

function isProse(name: string, text: string): boolean {
  const start = text.slice(0, LOOKED_AT).trim();
  if (start === '' || /^https?:\/\/\S+$/.test(start) || isPlaceholder(start) || !/\p{L}{2}/u.test(start)) return false;
  return !CODED.test(start) || (SHORT.has(name) && /^\p{Lu}?\p{Ll}+[.!?]?$/u.test(start));
}

/** The first line of a text, where it is a line of its own to be a headline. */
export function sentenceOf({ text, flavour }: Prose): string | undefined {
  const plain = toPlain(text.slice(0, LOOKED_AT), flavour);
  const line = /\S[^\r\n]*/.exec(plain)?.[0].trim();
  return line && (isSentence(line) || line.split(/\s+/).length > 1) ? line : undefined;
}
