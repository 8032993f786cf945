import { Environment } from '@marcbachmann/cel-js';
import { matchesPattern } from '../core/text/matches-pattern.ts';
import { findFirst } from '../render/values/regular-expression.ts';
import { spend } from './work.ts';

/** The library keeps `type` and `matches` for itself: ours go under these names, and what people read says theirs. */
export const OWN_NAMES: Readonly<Record<string, string>> = { type: 'event_type', matches: 'matches_re2' };

/** What a condition may name, with what it is. */
export const VARIABLES: Readonly<Record<string, string>> = {
  payload: 'dyn',
  about: 'dyn',
  type: 'string',
  provider: 'string',
  endpoint: 'string',
  headers: 'map<string, string>',
  now: 'google.protobuf.Timestamp',
};

export const ABOUT_PARTS: readonly string[] =
  'title url source actor subject state severity occurredAt environment branch paths tags labels'.split(' ');

/** Larger conditions are refused when they are read. */
export const SIZE = { characters: 2_000, nodes: 400, depth: 40, items: 300 } as const;

/** What reads and runs conditions. Its regular expressions are those of RE2, which no pattern can make slow. */
export const environment = Object.entries(VARIABLES).reduce(
  (known, [name, type]) => known.registerVariable(OWN_NAMES[name] ?? name, type),
  new Environment({
    homogeneousAggregateLiterals: false,
    limits: { maxAstNodes: SIZE.nodes, maxDepth: SIZE.depth, maxListElements: SIZE.items, maxMapEntries: SIZE.items },
  })
    .registerFunction('string.glob(string): bool', (text: string, pattern: string) => {
      spend(text.length);
      return matchesPattern(text, pattern);
    })
    .registerFunction(`string.${OWN_NAMES.matches}(string): bool`, (text: string, pattern: string) => {
      const group = 0;
      return findFirst(text, { pattern, group, spend: (characters) => spend(characters / 100) }) !== undefined;
    }),
);

/** The names of functions that a condition may call. */
export const FUNCTIONS: readonly string[] = [
  ...'startsWith endsWith contains glob matches lowerAscii upperAscii trim size split join indexOf substring has'.split(
    ' ',
  ),
  ...'exists all exists_one filter map int double string bool timestamp duration'.split(' '),
  ...'getHours getMinutes getDayOfWeek getDayOfMonth getMonth getFullYear'.split(' '),
];
