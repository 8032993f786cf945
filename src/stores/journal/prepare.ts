import type { Compilable } from 'kysely';
import { type Statement, toValue, type Value } from './statement.ts';

class Slot {
  readonly name: PropertyKey;
  constructor(name: PropertyKey) {
    this.name = name;
  }
}

let prepared = 0;

/**
 * Compiles a query once. Where the query would name a value it names a slot, and each call of the result fills them.
 * Compiling takes longer than the statement itself, so this is for what happens with every event. `wants` is what the statement answers, its rows when absent,
 * and `locks` what it must be alone with.
 */
export function prepare<Values extends object>(
  build: (slots: { readonly [Name in keyof Values]-?: Exclude<Values[Name], undefined> }) => Compilable,
  wants?: Statement['wants'],
  locks?: Statement['locks'],
): (values: Values) => Statement {
  // A slot stands in for a value only until the query is compiled; Kysely carries parameters through untouched.
  const slots = new Proxy({}, { get: (_target, name) => new Slot(name) }) as Parameters<typeof build>[0];
  const { sql, parameters } = build(slots).compile();
  const names = parameters.map((parameter) =>
    parameter instanceof Slot ? (parameter.name as keyof Values) : undefined,
  );
  const constants = parameters as readonly Value[];
  const name = `bellhop-${++prepared}`;
  return (values) => ({
    sql,
    name,
    ...(wants && { wants }),
    ...(locks && { locks }),
    parameters: names.map((name, index) => toValue((name === undefined ? constants[index] : values[name]) as Value)),
  });
}
