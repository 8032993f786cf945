// @ts-check
// Plain JavaScript, with its types in comments: to strip types, a thread loads the compiler again, and that costs 16 MB.
import { closeSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { pack, unpack } from './packing.js';

/** @import { StatementSync } from 'node:sqlite' */
/** @import { Answer, Batch, Failure, Named, OpenOptions, Outcome, Request } from './protocol.ts' */
/** @import { Operation, Row, Statement } from '../statement.ts' */

const GENERIC_ERROR = 1;
const PREPARED_LIMIT = 500;
/** Requests that share a commit at most. */
const TOGETHER = 100;

if (!parentPort) throw new Error('The journal’s threads are started by `openThread` only.');
const port = parentPort;
/** @type {Map<string, StatementSync>} */
const prepared = new Map();
/** What the numbers in batches stand for. @type {Map<number, Named>} */
const named = new Map();
const opened = attempt(() => open(workerData));

answer({ id: 0, kind: 'opened', outcome: opened.ok ? { ok: true, value: undefined } : opened });
if (opened.ok) {
  port.on('message', (request) => serve(opened.value, withOthers(request)));
  // What this thread needed to start is garbage now, and a tenth of what it holds.
  globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' });
}

/**
 * Whatever else has come in the meantime, so that all of it shares one commit.
 *
 * @param {Request} first
 */
function withOthers(first) {
  const requests = [first];
  while (requests.length < TOGETHER) {
    /** @type {{ readonly message: Request } | undefined} */
    const next = receiveMessageOnPort(port);
    if (!next) break;
    requests.push(next.message);
  }
  return requests;
}

/** @param {DatabaseSync} database @param {readonly Request[]} requests */
function serve(database, requests) {
  const writes = requests.filter((request) => request.kind === 'write');
  const operations = writes.map(({ batch }) => toOperations(batch));
  const outcomes = operations.length > 0 ? commit(database, operations.flat()) : [];
  let answered = 0;
  for (const [index, { id }] of writes.entries()) {
    const count = operations[index]?.length ?? 0;
    answer({ id, kind: 'write', outcomes: outcomes.slice(answered, answered + count) });
    answered += count;
  }
  for (const request of requests) {
    const { id, kind } = request;
    if (kind === 'read') answer({ id, kind, outcome: attempt(() => read(database, request)) });
    if (kind !== 'close') continue;
    answer({ id, kind: 'closed', outcome: attempt(() => close(database)) });
    port.close();
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

/** @param {DatabaseSync} database */
function close(database) {
  prepared.clear();
  database.close();
  return undefined;
}

/**
 * @param {Batch} batch
 * @returns {Operation[]}
 */
function toOperations({ forget, fresh, operations, values }) {
  if (forget) named.clear();
  for (const statement of fresh) named.set(statement.number, statement);
  let read = 0;
  return operations.map((numbers) => {
    const operation = [];
    for (let index = 0; index < numbers.length; index += 2) {
      const statement = named.get(numbers[index] ?? -1);
      if (!statement) throw new Error(`Statement ${numbers[index]} was never named.`);
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
 * @param {DatabaseSync} database
 * @param {readonly Operation[]} operations
 * @returns {Outcome<Row[][]>[]}
 */
function commit(database, operations) {
  const together = attempt(() =>
    transaction(database, () => operations.map((operation) => runAll(database, operation))),
  );
  if (together.ok) return together.value.map((value) => ({ ok: true, value }));
  if (operations.length === 1) return [together];
  return operations.map((operation) => attempt(() => transaction(database, () => runAll(database, operation))));
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

/** @param {DatabaseSync} database @param {Operation} operation */
function runAll(database, operation) {
  let skipped = 0;
  return operation.map((statement) => {
    if (skipped > 0) {
      skipped -= 1;
      return [];
    }
    const rows = run(database, statement);
    if (rows.length > 0) skipped = statement.guards ?? 0;
    return rows;
  });
}

/**
 * Several statements share a transaction, so that they see one state of the file.
 *
 * @param {DatabaseSync} database
 * @param {Extract<Request, { kind: 'read' }>} request
 * @returns {Row[][]}
 */
function read(database, { statements, maxBytes = Number.POSITIVE_INFINITY }) {
  const rowsOf = () => statements.map((statement) => take(database, statement, maxBytes));
  return statements.length === 1 ? rowsOf() : transaction(database, rowsOf, 'begin');
}

/**
 * @param {DatabaseSync} database
 * @param {Statement} statement
 * @param {number} maxBytes
 * @returns {Row[]}
 */
function take(database, statement, maxBytes) {
  if (maxBytes === Number.POSITIVE_INFINITY) return run(database, statement);
  const rows = [];
  let bytes = 0;
  for (const row of prepare(database, statement.sql).iterate(...statement.parameters)) {
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
 * @param {DatabaseSync} database
 * @param {Statement} statement
 * @returns {Row[]}
 */
function run(database, { sql, parameters, wants }) {
  const statement = prepare(database, sql);
  if (wants === undefined) {
    // The tables have no column of another type than `Value` names.
    return /** @type {Row[]} */ (statement.all(...parameters));
  }
  const { lastInsertRowid } = statement.run(...parameters);
  return wants === 'id' ? [{ id: Number(lastInsertRowid) }] : [];
}

/** @param {DatabaseSync} database @param {string} sql */
function prepare(database, sql) {
  const known = prepared.get(sql);
  if (known) return known;
  if (prepared.size === PREPARED_LIMIT) prepared.clear();
  const statement = database.prepare(sql);
  prepared.set(sql, statement);
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

/** @param {Answer} message */
function answer(message) {
  port.postMessage(message);
}
