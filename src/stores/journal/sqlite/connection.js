// @ts-check
// Plain JavaScript, as the threads that use it.
import { closeSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { pack, unpack } from './packing.js';

/** @import { StatementSync } from 'node:sqlite' */
/** @import { Answer, Batch, Failure, Named, OpenOptions, Outcome, Request } from './protocol.ts' */
/** @import { Operation, Row, Statement } from '../statement.ts' */

const GENERIC_ERROR = 1;
const PREPARED_LIMIT = 500;

/**
 * @typedef {object} Connection
 * @property {DatabaseSync} database
 * @property {Map<string, StatementSync>} prepared
 * @property {Map<number, Named>} named What the numbers in batches stand for.
 * @property {(answer: Answer) => void} answer
 */

/**
 * Opens a SQLite file, and gives back what serves requests that came together, the writes among them in one commit.
 * Request 0 is the opening itself; nothing is given back where it failed.
 *
 * @param {OpenOptions} options
 * @param {(answer: Answer) => void} answer
 * @returns {((requests: readonly Request[]) => void) | undefined}
 */
export function openConnection(options, answer) {
  const opened = attempt(() => open(options));
  answer({ id: 0, kind: 'opened', outcome: opened.ok ? { ok: true, value: undefined } : opened });
  if (!opened.ok) return undefined;
  /** @type {Connection} */
  const connection = { database: opened.value, prepared: new Map(), named: new Map(), answer };
  return (requests) => serve(connection, requests);
}

/** @param {Connection} connection @param {readonly Request[]} requests */
function serve(connection, requests) {
  const writes = requests.filter((request) => request.kind === 'write');
  const operations = writes.map(({ batch }) => toOperations(connection, batch));
  const outcomes = operations.length > 0 ? commit(connection, operations.flat()) : [];
  let answered = 0;
  for (const [index, { id }] of writes.entries()) {
    const count = operations[index]?.length ?? 0;
    connection.answer({ id, kind: 'write', outcomes: outcomes.slice(answered, answered + count) });
    answered += count;
  }
  for (const request of requests) {
    const { id, kind } = request;
    if (kind === 'read') connection.answer({ id, kind, outcome: attempt(() => read(connection, request)) });
    if (kind === 'close') connection.answer({ id, kind: 'closed', outcome: attempt(() => close(connection)) });
  }
}

/** @param {OpenOptions} options */
function open({ path, maxPages, readOnly = false }) {
  if (path !== ':memory:' && !readOnly) makeFile(path);
  const database = new DatabaseSync(path, { timeout: 5000, readOnly });
  database.function('pack', { deterministic: true }, pack);
  database.function('unpack', { deterministic: true }, unpack);
  if (readOnly) return database;
  // It counts only while the file is empty, but writes to it ever after.
  if (database.prepare('pragma page_count').get()?.page_count === 0) database.exec('pragma auto_vacuum = incremental');
  database.exec('pragma journal_mode = wal');
  database.exec('pragma synchronous = full');
  // A checkpoint syncs twice, and holds commits up: one for each 4 MB is short enough not to be felt, and long enough not to cost much.
  database.exec('pragma wal_autocheckpoint = 1000');
  database.exec('pragma journal_size_limit = 67108864');
  database.exec('pragma cache_size = -16000');
  if (maxPages !== undefined) database.exec(`pragma max_page_count = ${maxPages}`);
  return database;
}

/**
 * Nobody else may read payloads, and SQLite would make files that everybody can read. Its other files get the mode of this one.
 *
 * @param {string} path
 */
function makeFile(path) {
  try {
    closeSync(openSync(path, 'ax', 0o600));
  } catch {
    // It is there already, or cannot be: SQLite will say so.
  }
}

/** @param {Connection} connection */
function close(connection) {
  connection.prepared.clear();
  connection.database.close();
  return undefined;
}

/**
 * @param {Connection} connection
 * @param {Batch} batch
 * @returns {Operation[]}
 */
function toOperations(connection, { forget, fresh, operations, values }) {
  if (forget) connection.named.clear();
  for (const statement of fresh) connection.named.set(statement.number, statement);
  let read = 0;
  return operations.map((numbers) => {
    const operation = [];
    for (let index = 0; index < numbers.length; index += 2) {
      const statement = connection.named.get(numbers[index] ?? -1);
      if (!statement) throw new Error(`Statement ${numbers[index]} was never connection.named.`);
      const { sql, wants, slots } = statement;
      const parameters = values.slice(read, read + slots);
      read += slots;
      operation.push({ sql, parameters, ...(wants && { wants }), guards: numbers[index + 1] ?? 0 });
    }
    return operation;
  });
}

/**
 * One commit for all. If anything fails, each operation gets a commit of its own, so that only what fails is lost.
 *
 * @param {Connection} connection
 * @param {readonly Operation[]} operations
 * @returns {Outcome<Row[][]>[]}
 */
function commit(connection, operations) {
  const together = attempt(() =>
    transaction(connection.database, () => operations.map((operation) => runAll(connection, operation))),
  );
  if (together.ok) return together.value.map((value) => ({ ok: true, value }));
  if (operations.length === 1) return [together];
  return operations.map((operation) =>
    attempt(() => transaction(connection.database, () => runAll(connection, operation))),
  );
}

/**
 * @template T
 * @param {DatabaseSync} database
 * @param {() => T} work
 * @param {'begin' | 'begin immediate'} begin
 */
function transaction(database, work, begin = 'begin immediate') {
  database.exec(begin);
  try {
    const result = work();
    database.exec('commit');
    return result;
  } catch (error) {
    // A full disk may have rolled back already.
    if (database.isTransaction) database.exec('rollback');
    throw error;
  }
}

/** @param {Connection} connection @param {Operation} operation */
function runAll(connection, operation) {
  let skipped = 0;
  return operation.map((statement) => {
    if (skipped > 0) {
      skipped -= 1;
      return [];
    }
    const rows = run(connection, statement);
    if (rows.length > 0) skipped = statement.guards ?? 0;
    return rows;
  });
}

/**
 * Several statements share a transaction, so that they see one state of the file.
 *
 * @param {Connection} connection
 * @param {Extract<Request, { kind: 'read' }>} request
 * @returns {Row[][]}
 */
function read(connection, { statements, maxBytes = Number.POSITIVE_INFINITY }) {
  const rowsOf = () => statements.map((statement) => take(connection, statement, maxBytes));
  return statements.length === 1 ? rowsOf() : transaction(connection.database, rowsOf, 'begin');
}

/**
 * @param {Connection} connection
 * @param {Statement} statement
 * @param {number} maxBytes
 * @returns {Row[]}
 */
function take(connection, statement, maxBytes) {
  if (maxBytes === Number.POSITIVE_INFINITY) return run(connection, statement);
  const rows = [];
  let bytes = 0;
  for (const row of prepare(connection, statement.sql).iterate(...statement.parameters)) {
    for (const value of Object.values(row)) bytes += sizeOf(value);
    if (rows.length > 0 && bytes > maxBytes) break;
    // The tables have no column of another type than `Value` names.
    rows.push(/** @type {Row} */ (row));
  }
  return rows;
}

/** @param {unknown} value */
function sizeOf(value) {
  if (value instanceof Uint8Array) return value.byteLength;
  return typeof value === 'string' ? value.length : 8;
}

/**
 * @param {Connection} connection
 * @param {Statement} statement
 * @returns {Row[]}
 */
function run(connection, { sql, parameters, wants }) {
  const statement = prepare(connection, sql);
  if (wants === undefined) {
    // The tables have no column of another type than `Value` names.
    return /** @type {Row[]} */ (statement.all(...parameters));
  }
  const { lastInsertRowid } = statement.run(...parameters);
  return wants === 'id' ? [{ id: Number(lastInsertRowid) }] : [];
}

/** @param {Connection} connection @param {string} sql */
function prepare(connection, sql) {
  const known = connection.prepared.get(sql);
  if (known) return known;
  if (connection.prepared.size === PREPARED_LIMIT) connection.prepared.clear();
  const statement = connection.database.prepare(sql);
  connection.prepared.set(sql, statement);
  return statement;
}

/**
 * @template T
 * @param {() => T} work
 * @returns {Outcome<T>}
 */
function attempt(work) {
  try {
    return { ok: true, value: work() };
  } catch (error) {
    return { ok: false, failure: toFailure(error) };
  }
}

/** @param {unknown} error @returns {Failure} */
function toFailure(error) {
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && 'errcode' in error ? error.errcode : undefined;
  return { code: typeof code === 'number' ? code : GENERIC_ERROR, message };
}
