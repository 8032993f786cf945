import { randomUUID } from 'node:crypto';
import { after } from 'node:test';
import { type PostgresServer, startPostgres } from './postgres/start-postgres.ts';

let shared: Promise<PostgresServer> | undefined;

// At the end of the process, for it is started by whichever test is first.
after(async () => {
  const server = await shared?.catch(() => undefined);
  await server?.stop();
});

/** The PostgreSQL that the tests of a process share. */
export function aPostgres(): Promise<PostgresServer> {
  shared ??= startPostgres();
  return shared;
}

/** The address of an empty database of a test's own. */
export async function aDatabase(settings = ''): Promise<string> {
  const server = await aPostgres();
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await server.run(`create database ${name} ${settings}`);
  return server.url(name);
}
