// @ts-check
// Plain JavaScript, with its types in comments: to strip types, a thread loads the compiler again, and that costs 16 MB.
import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';

/** @import { StatementSync } from 'node:sqlite' */
/** @import { Answer, Failure, OpenOptions, Operation, Outcome, Request, Row, Statement } from './protocol.ts' */

const GENERIC_ERROR = 1;
const PREPARED_LIMIT = 500;
const PLAIN = 0;
const PACKED = 1;
/** A smaller body is not worth packing. */
const PACKED_FROM = 512;

if (!parentPort) throw new Error('The journal’s thread is started by `openDatabase` only.');
const port = parentPort;
/** @type {Map<string, StatementSync>} */
const prepared = new Map();
const opened = attempt(() => open(workerData));

answer({ id: 0, kind: 'opened', outcome: opened.ok ? { ok: true, value: undefined } : opened });
if (opened.ok) port.on('message', (request) => serve(opened.value, request));

/** @param {DatabaseSync} database @param {Request} request */
function serve(database, request) {
  const { id } = request;
  if (request.kind === 'read') {
    answer({ id, kind: 'read', outcome: attempt(() => run(database, request.statement)) });
  } else if (request.kind === 'write') {
    answer({ id, kind: 'write', outcomes: commit(database, request.operations) });
  } else {
    answer({ id, kind: 'closed', outcome: attempt(() => close(database)) });
    port.close();
  }
}

/** @param {OpenOptions} options */
function open({ path, maxPages }) {
  const database = new DatabaseSync(path, { timeout: 5000 });
  // The pragmas that shape the file come first: they count only while it is empty.
  database.exec('pragma auto_vacuum = incremental');
  database.exec('pragma journal_mode = wal');
  database.exec('pragma synchronous = full');
  // A checkpoint syncs twice; one for each 16 MB costs less than one for each 4.
  database.exec('pragma wal_autocheckpoint = 1000');
  database.exec('pragma journal_size_limit = 67108864');
  database.exec('pragma cache_size = -16000');
  database.function('pack', { deterministic: true }, pack);
  database.function('unpack', { deterministic: true }, unpack);
  if (maxPages !== undefined) database.exec(`pragma max_page_count = ${maxPages}`);
  return database;
}

/**
 * A body as it is kept: most are text that says the same names again and again, and what is written decides how many
 * deliveries a disk can take. The first byte says how the rest is to be read.
 *
 * @param {unknown} bytes
 */
function pack(bytes) {
  if (!(bytes instanceof Uint8Array)) throw new TypeError('A body is bytes.');
  const packed =
    bytes.length < PACKED_FROM
      ? undefined
      : brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 0 } });
  return packed && packed.length < bytes.length ? marked(PACKED, packed) : marked(PLAIN, bytes);
}

/** @param {unknown} kept */
function unpack(kept) {
  if (!(kept instanceof Uint8Array)) throw new TypeError('A body is bytes.');
  const bytes = kept.subarray(1);
  return kept[0] === PACKED ? brotliDecompressSync(bytes) : bytes;
}

/** @param {number} mark @param {Uint8Array} bytes */
function marked(mark, bytes) {
  const all = new Uint8Array(bytes.length + 1);
  all[0] = mark;
  all.set(bytes, 1);
  return all;
}

/** @param {DatabaseSync} database */
function close(database) {
  prepared.clear();
  database.close();
  return undefined;
}

/**
 * One commit for all. If anything fails, each operation gets a commit of its own, so that only the guilty one is lost.
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
 */
function transaction(database, work) {
  database.exec('begin immediate');
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
  return operation.map((statement) => run(database, statement));
}

/** @param {DatabaseSync} database @param {Statement} statement */
function run(database, { sql, parameters }) {
  let statement = prepared.get(sql);
  if (!statement) {
    if (prepared.size === PREPARED_LIMIT) prepared.clear();
    statement = database.prepare(sql);
    prepared.set(sql, statement);
  }
  // The tables have no column of another type than `Value` names.
  return /** @type {Row[]} */ (statement.all(...parameters));
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
