import { type Kysely, sql } from 'kysely';
import type { BodySearch } from '../database.ts';
import type { Tables } from '../tables.ts';

/** Begins the word that names an entry's endpoint. No word of a body has it, for it is not a letter. */
const ENDPOINT = '\uE000';

/** PostgreSQL takes a megabyte of words, and what it needs to find them again. */
const MOST_BYTES = 512 * 1024;

/** A `tsvector` of the words of bodies, which keeps nothing of where they stand. */
export function createBodySearch(queries: Kysely<Tables>): BodySearch {
  return {
    eventId: 'body_search.event_id',

    add({ eventId, endpointId, words }) {
      const lexemes = JSON.stringify([toEndpointWord(endpointId), ...toLexemes(words)]);
      return {
        compile: () =>
          sql`insert into body_search (event_id, words)
            select id, array_to_tsvector(array(select json_array_elements_text(${lexemes}::json))) from events where id = ${eventId}`.compile(
            queries,
          ),
      };
    },

    matches(words, endpointIds) {
      const wanted = words.map(({ word, isBeginning }) => `${quote(word)}${isBeginning ? ':*' : ''}`);
      const endpoints = endpointIds?.map((id) => quote(toEndpointWord(id))).join(' | ');
      const query = [...(endpoints ? [`(${endpoints})`] : []), ...wanted].join(' & ');
      return sql<boolean>`body_search.words @@ ${query}::tsquery`;
    },
  };
}

/** As many words as fit. */
function toLexemes(words: readonly string[]): readonly string[] {
  let bytes = 0;
  return words.filter((word) => {
    bytes += Buffer.byteLength(word);
    return bytes <= MOST_BYTES;
  });
}

/** Words are letters and digits, so that nothing in them is syntax. */
function quote(word: string): string {
  return `'${word}'`;
}

/** One word, whatever the id holds. */
function toEndpointWord(endpointId: string): string {
  return ENDPOINT + Buffer.from(endpointId).toString('hex');
}
