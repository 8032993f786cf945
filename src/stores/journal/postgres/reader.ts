import type pg from 'pg';
import type { ReadOptions } from '../database.ts';
import type { Row, Statement } from '../statement.ts';
import { toQuery } from './transaction.ts';

/** Rows that are fetched at once where their size is bounded. */
const MOST = 64;

type Rows = readonly (readonly Row[])[];

/** Reads over a pool. The statements of one read see one state of the database. */
export function createReader(
  pool: pg.Pool,
): (statements: readonly Statement[], options?: ReadOptions) => Promise<Rows> {
  return async (statements, { maxBytes } = {}) => {
    const [only] = statements;
    if (!only) return [];
    if (maxBytes !== undefined) return inTransaction(pool, (client) => takeAll(client, statements, maxBytes));
    if (statements.length === 1) return [(await pool.query<Row>(toQuery(only))).rows];
    return inTransaction(pool, (client) =>
      Promise.all(statements.map(async (statement) => (await client.query<Row>(toQuery(statement))).rows)),
    );
  };
}

async function inTransaction<T>(pool: pg.Pool, work: (client: pg.ClientBase) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let failed = true;
  try {
    const begun = client.query('begin isolation level repeatable read read only');
    // It is not waited for, and if it fails so does what follows.
    begun.catch(() => undefined);
    const result = await work(client);
    await client.query('commit');
    failed = false;
    return result;
  } finally {
    // A connection in the midst of a transaction is of no use to others.
    client.release(failed);
  }
}

async function takeAll(client: pg.ClientBase, statements: readonly Statement[], maxBytes: number): Promise<Rows> {
  const results: (readonly Row[])[] = [];
  for (const statement of statements) results.push(await takeSome(client, statement, maxBytes));
  return results;
}

/**
 * As many rows as the bytes leave room for, but the first in any case. Fetched are as many as would fit if they were as large as
 * the largest so far. Only the rows are waited for: most pages are short, and have a lane or a decision wait for them.
 */
async function takeSome(client: pg.ClientBase, statement: Statement, maxBytes: number): Promise<readonly Row[]> {
  const { text, values } = toQuery(statement);
  const declared = client.query({ text: `declare page no scroll cursor for ${text}`, ...(values && { values }) });
  const rows: Row[] = [];
  let bytes = 0;
  let largest = 1;
  for (let count = 1; ; ) {
    // What is wrong with the statement is said by its declaration, which is answered first.
    const [, fetched] = await Promise.all([declared, client.query<Row>(`fetch ${count} from page`)]);
    for (const row of fetched.rows) {
      const size = sizeOf(row);
      if (rows.length > 0 && bytes + size > maxBytes) return closePage(client, rows);
      bytes += size;
      largest = Math.max(largest, size);
      rows.push(row);
    }
    if (fetched.rows.length < count || bytes >= maxBytes) return closePage(client, rows);
    count = Math.max(1, Math.min(count * 2, MOST, Math.floor((maxBytes - bytes) / largest)));
  }
}

function closePage(client: pg.ClientBase, rows: readonly Row[]): readonly Row[] {
  // If it fails, so does the commit.
  client.query('close page').catch(() => undefined);
  return rows;
}

function sizeOf(row: Row): number {
  let bytes = 0;
  for (const value of Object.values(row)) {
    if (value instanceof Uint8Array) bytes += value.byteLength;
    else bytes += typeof value === 'string' ? value.length : 8;
  }
  return bytes;
}
