import { type Kysely, sql } from 'kysely';
import type { EventWords, SearchIndex } from '../database.ts';
import { prepare } from '../prepare.ts';
import type { Tables } from '../tables.ts';

const WORD_LIMIT = 12;
const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;

/** SQLite's full-text index. It has no columns to be read: words go in, row ids come out. */
export function createSearchIndex(queries: Kysely<Tables>): SearchIndex {
  return {
    eventId: 'search.rowid',

    add: prepare<EventWords>(
      ({ eventId, title, source, actor, subject }) => ({
        compile: () =>
          sql`insert into search (rowid, title, source, actor, subject, type, delivery_id)
          select id, ${title}, ${source}, ${actor}, ${subject}, type, delivery_id from events where id = ${eventId}`.compile(
            queries,
          ),
      }),
      'nothing',
    ),

    remove: (eventIds) => ({
      compile: () =>
        sql`delete from search where rowid in (${sql.join(eventIds)})
          and rowid not in (select id from events where id in (${sql.join(eventIds)}))`.compile(queries),
    }),

    matches(text) {
      const words = toMatch(text);
      return words === undefined ? undefined : sql<boolean>`search match ${words}`;
    },
  };
}

/** What people typed as an FTS5 query. Quoted, so that nothing in it is syntax. */
function toMatch(text: string): string | undefined {
  const words = text
    .replaceAll('\0', ' ')
    .split(/\s+/)
    .filter((word) => LETTER_OR_DIGIT.test(word))
    .slice(0, WORD_LIMIT);
  if (words.length === 0) return undefined;
  return words.map((word) => `"${word.replaceAll('"', '""')}"*`).join(' AND ');
}
