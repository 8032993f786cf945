import { createHash } from 'node:crypto';
import type pg from 'pg';
import type { Operation, Row, Statement } from '../statement.ts';
import { NewerSchema } from './newer-schema.ts';

/** A transaction that takes longer is given up with its connection, in milliseconds. */
const WITHIN = 30_000;

type Rows = readonly (readonly Row[])[];
/** What operations that were committed together gave back, in their order. */
export interface Committed {
  readonly results: readonly Rows[];
  /** Milliseconds until the first answer, which even a database without work needs. */
  readonly turn: number;
}

type Ask = (query: pg.QueryConfig) => Promise<readonly Row[]>;

/**
 * Commits operations in one transaction. Statements are sent without waiting for the answers to others, so that many operations
 * take hardly more turns than one. Throws the first failure, with nothing written.
 */
export async function runTogether(
  client: pg.Client,
  operations: readonly Operation[],
  version: number,
): Promise<Committed> {
  const begun = performance.now();
  const asked: Promise<unknown>[] = [];
  const ask: Ask = (query) => {
    const rows = client.query<Row>(query).then((result) => result.rows);
    // Looked at below, with all others.
    rows.catch(() => undefined);
    asked.push(rows);
    return rows;
  };
  const patience = setTimeout(() => client.connection.stream.destroy(), WITHIN);
  try {
    const turn = ask({ text: 'begin' }).then(() => performance.now() - begun);
    turn.catch(() => undefined);
    const schema = ask({ name: 'bellhop-schema', text: 'select max(id) as last from migrations' });
    lockAll(operations, ask);
    const running = runAll(operations, ask);
    await Promise.allSettled(running);
    const newer = await schema.then(
      ([row]) => Number(row?.last) > version,
      () => false,
    );
    ask({ text: newer ? 'rollback' : 'commit' });
    const outcomes = await Promise.allSettled(asked);
    const failed = outcomes.find(({ status }) => status === 'rejected');
    if (failed?.status === 'rejected') throw failed.reason;
    if (newer) throw new NewerSchema();
    const results = running.map(async (operation) => Promise.all((await operation).map(({ rows }) => rows)));
    return { results: await Promise.all(results), turn: await turn };
  } finally {
    clearTimeout(patience);
  }
}

/** What is not alone under its lock in here goes one after the other; what others commit meanwhile is waited for. */
function runAll(operations: readonly Operation[], ask: Ask): readonly Promise<readonly Answer[]>[] {
  const last = new Map<string, Promise<unknown>>();
  return operations.map((operation) => {
    const locks = locksOf(operation);
    const before = locks.flatMap((lock) => last.get(lock) ?? []);
    const answers = before.length > 0 ? Promise.all(before).then(() => runOne(operation, ask)) : runOne(operation, ask);
    for (const lock of locks) last.set(lock, answers);
    return answers;
  });
}

/** What was asked and is not yet answered, in an object so that nobody waits for it by accident. */
interface Answer {
  readonly rows: Promise<readonly Row[]>;
}

/** Resolves once all statements are sent. */
async function runOne(operation: Operation, ask: Ask): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  let skipped = 0;
  for (const statement of operation) {
    if (skipped > 0) {
      skipped -= 1;
      answers.push({ rows: Promise.resolve([]) });
      continue;
    }
    const rows = ask(toQuery(statement));
    answers.push({ rows });
    if (statement.guards && (await rows).length > 0) skipped = statement.guards;
  }
  return answers;
}

export function toQuery({ sql, parameters, wants, name }: Statement): pg.QueryConfig {
  return {
    ...(name && { name }),
    text: wants === 'id' ? `${sql} returning id` : sql,
    values: [...parameters],
  };
}

function locksOf(operation: Operation): readonly string[] {
  return operation.flatMap(({ locks }) => locks ?? []);
}

/** In an order that is the same everywhere, so that two nodes never wait for one another. */
function lockAll(operations: readonly Operation[], ask: Ask): void {
  const keys = [...new Set(operations.flatMap(locksOf))].map(toLockKey).toSorted();
  if (keys.length === 0) return;
  ask({
    name: 'bellhop-locks',
    text: 'select pg_advisory_xact_lock(key) from unnest($1::bigint[]) as key',
    values: [keys],
  });
}

/** A lock's name as the number that PostgreSQL wants. Two names of one number only wait for one another. */
function toLockKey(name: string): string {
  return createHash('sha256').update(name).digest().readBigInt64BE().toString();
}
