import { type Kysely, sql } from 'kysely';
import type { EventWords, SearchIndex } from '../database.ts';
import { prepare } from '../prepare.ts';
import type { Tables } from '../tables.ts';

/** Words that people search for at once, and words of a field that are found. */
const WORD_LIMIT = 12;
const FIELD_LIMIT = 500;
/** PostgreSQL refuses words of more than 2 KB. */
const LONGEST = 200;

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
      const words = toQuery(text);
      return words === undefined ? undefined : sql<boolean>`search.words @@ ${words}::tsquery`;
    },
  };
}

/** What people typed as a query. What is between letters and digits in a word of theirs is a gap between two words that follow one another. */
function toQuery(text: string): string | undefined {
  const words = text
    .split(/\s+/)
    .map(toWords)
    .filter((parts) => parts.length > 0)
    .slice(0, WORD_LIMIT);
  if (words.length === 0) return undefined;
  return words.map((parts) => `(${parts.map((part) => `'${part}'`).join(' <-> ')}:*)`).join(' & ');
}

/** The words of a text, without case and accents. */
function toWords(text: string): readonly string[] {
  const plain = text.normalize('NFKD').replaceAll(MARKS, '').toLowerCase();
  return (plain.match(WORD) ?? []).map((word) => word.slice(0, LONGEST).toWellFormed());
}
