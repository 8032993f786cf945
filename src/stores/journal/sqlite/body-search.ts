import { type Kysely, sql } from 'kysely';
import type { BodySearch } from '../database.ts';
import type { Tables } from '../tables.ts';

/** Begins the word that names an entry's endpoint. No word of a body has it, for it is not a letter. */
const ENDPOINT = '\uE000';
/** Pages of the index that are put in order at once. */
const MERGED = 8;

/** SQLite's full-text index over the words of bodies. It keeps only which events have a word, which is small and quickly asked. */
export function createBodySearch(queries: Kysely<Tables>): BodySearch {
  return {
    eventId: 'body_search.rowid',
    isWalked: true,

    add({ eventId, endpointId, words }) {
      const text = [toEndpointWord(endpointId), ...words].join(' ');
      return {
        compile: () =>
          sql`insert into body_search (rowid, words) select id, ${text} from events where id = ${eventId}`.compile(
            queries,
          ),
      };
    },

    tidy: {
      compile: () =>
        sql`insert into body_search (body_search, rank) values ('merge', ${sql.lit(MERGED)})`.compile(queries),
    },

    matches(words, endpointIds) {
      const wanted = words.map(({ word, isBeginning }) => `"${word}"${isBeginning ? '*' : ''}`);
      const endpoints = endpointIds?.map((id) => `"${toEndpointWord(id)}"`).join(' OR ');
      const match = [...(endpoints ? [`(${endpoints})`] : []), ...wanted].join(' AND ');
      return sql<boolean>`body_search match ${match}`;
    },
  };
}

/** One word, whatever the id holds. */
function toEndpointWord(endpointId: string): string {
  return ENDPOINT + Buffer.from(endpointId).toString('hex');
}
