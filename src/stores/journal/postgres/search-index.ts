import { type Kysely, sql } from 'kysely';
import type { EventWords, SearchIndex } from '../database.ts';
import { prepare } from '../prepare.ts';
import type { Tables } from '../tables.ts';
import { createWordShares, type WordShares } from './word-shares.ts';

/** Words that people search for at once, and words of a field that are found. */
const WORD_LIMIT = 12;
const FIELD_LIMIT = 500;
/** PostgreSQL refuses words of more than 2 KB. */
const LONGEST = 200;

/**
 * A word that begins many entries is not a way to find few of them: the index would gather all of its entries first. Beside a word
 * that is rare it is looked for in the entries of that one alone. Shares of all entries.
 */
const COMMON = 0.05;
const RARE = 0.01;

const WORD = /[\p{L}\p{N}]+/gu;
const MARKS = /\p{M}+/gu;

interface Entry {
  readonly eventId: number;
  readonly words: string;
}

/**
 * A `tsvector` of an event's words. They are told apart here, for what PostgreSQL takes for a word depends on the database's
 * locale, and it takes `acme/api` for one. Of type and delivery id, which are for programs, the database does it.
 */
export function createSearchIndex(queries: Kysely<Tables>): SearchIndex {
  const shares = createWordShares(queries);
  const add = prepare<Entry>(
    ({ eventId, words }) => ({
      compile: () =>
        sql`insert into search (event_id, words)
          select id, to_words(${words}::text || ' ' || type || ' ' || delivery_id) from events where id = ${eventId}`.compile(
          queries,
        ),
    }),
    'nothing',
  );
  return {
    eventId: 'search.event_id',
    add: ({ eventId, title, source, actor, subject }: EventWords) => {
      const fields = [title, source ?? '', actor ?? '', subject ?? ''];
      return add({ eventId, words: fields.flatMap((field) => toWords(field).slice(0, FIELD_LIMIT)).join(' ') });
    },

    remove: (eventIds) => ({
      compile: () =>
        sql`delete from search where event_id in (${sql.join(eventIds)})
          and event_id not in (select id from events where id in (${sql.join(eventIds)}))`.compile(queries),
    }),

    matches(text) {
      const words = toWanted(text);
      if (words.length === 0) return undefined;
      const { found, checked } = divide(words, shares);
      const matches = sql<boolean>`search.words @@ ${toQuery(found)}::tsquery`;
      if (checked.length === 0) return matches;
      // What is no longer the bare column is in no index.
      return sql<boolean>`(${matches} and coalesce(search.words, '') @@ ${toQuery(checked)}::tsquery)`;
    },
  };
}

/** What people typed as words, each with its parts: what is between letters and digits in a word of theirs is a gap between two that follow one another. */
function toWanted(text: string): readonly (readonly string[])[] {
  return text
    .split(/\s+/)
    .map(toWords)
    .filter((parts) => parts.length > 0)
    .slice(0, WORD_LIMIT);
}

/** Those that lead to entries by the index, and those that are looked for in these. */
function divide(words: readonly (readonly string[])[], shares: WordShares) {
  if (words.length === 1) return { found: words, checked: [] };
  const known = words.map((parts) => ({ parts, share: Math.min(...parts.map(shares.of)) }));
  if (!known.some(({ share }) => share < RARE)) return { found: words, checked: [] };
  const take = (wanted: typeof known) => wanted.map(({ parts }) => parts);
  return {
    found: take(known.filter(({ share }) => share < COMMON)),
    checked: take(known.filter(({ share }) => share >= COMMON)),
  };
}

function toQuery(words: readonly (readonly string[])[]): string {
  return words.map((parts) => `(${parts.map((part) => `'${part}'`).join(' <-> ')}:*)`).join(' & ');
}

/** The words of a text, without case and accents. */
function toWords(text: string): readonly string[] {
  const plain = text.normalize('NFKD').replaceAll(MARKS, '').toLowerCase();
  return (plain.match(WORD) ?? []).map((word) => word.slice(0, LONGEST).toWellFormed());
}
