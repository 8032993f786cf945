import pg from 'pg';

/** A peer that is silent for as long is looked after, in milliseconds. */
const SILENT_FOR = 10_000;
const CONNECT_WITHIN = 5_000;
/** Below what people wait for, and above what any statement of ours takes in a large journal. */
const STATEMENT_WITHIN = 20_000;

const { builtins } = pg.types;
const asNumber = new Map<number, (text: string) => unknown>([
  [builtins.INT8, toSafeNumber],
  [builtins.NUMERIC, toSafeNumber],
  // JSON stays the text it is: whoever reads it knows its shape.
  [builtins.JSON, (text) => text],
]);

/** What connections to a database of ours have in common. */
export function toClientConfig(url: string, name: string): pg.ClientConfig {
  return {
    connectionString: url,
    application_name: `bellhop ${name}`,
    connectionTimeoutMillis: CONNECT_WITHIN,
    statement_timeout: STATEMENT_WITHIN,
    keepAlive: true,
    keepAliveInitialDelayMillis: SILENT_FOR,
    types: {
      // The types of `pg` cannot say that a parser depends on the type's number.
      getTypeParser: ((id: number, format?: 'text') =>
        asNumber.get(id) ?? pg.types.getTypeParser(id, format)) as typeof pg.types.getTypeParser,
    },
  };
}

/** Ids and times are far below the limit; what is not must not be rounded. */
function toSafeNumber(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && !Number.isSafeInteger(number)) throw new RangeError(`${text} is too large a number.`);
  return number;
}
