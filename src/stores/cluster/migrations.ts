import type { PoolClient } from 'pg';
import { AppError } from '../../core/errors.ts';

/** Each takes the database from one version, counted from 0, to the next. What was once released is never edited: add another. */
const MIGRATIONS: readonly string[] = [
  `
  create table bellhop_cluster.nodes (
    id int generated always as identity primary key,
    worker text,
    joined_at timestamptz not null default now()
  );
  create table bellhop_cluster.seat (only_one boolean primary key default true check (only_one), node int);
  insert into bellhop_cluster.seat default values;
  create table bellhop_cluster.claims (name text primary key, until timestamptz not null);
  create table bellhop_cluster.notes (name text primary key, sealed bytea not null, until timestamptz not null);
  create table bellhop_cluster.budgets (name text primary key, free_at timestamptz not null);
  create table bellhop_cluster.closings (
    platform text not null,
    channel text not null,
    reason text not null,
    until timestamptz not null,
    primary key (platform, channel)
  );
  create table bellhop_cluster.settings (
    only_one boolean primary key default true check (only_one),
    revision bigint not null,
    document text not null,
    proof text not null,
    changed_at timestamptz not null default now()
  );
  `,
];

/** The version that this Bellhop knows. */
export const VERSION = MIGRATIONS.length;

/** Any two numbers that nothing else in the database locks. */
const LOCK = '71834, 1';

/** Brings the tables that nodes share up to date. Throws `AppError` where a newer Bellhop has made them. */
export async function migrate(client: PoolClient): Promise<void> {
  await client.query('begin');
  try {
    // Nodes that start together wait for one another here.
    await client.query(`select pg_advisory_xact_lock(${LOCK})`);
    await client.query('create schema if not exists bellhop_cluster');
    await client.query('create table if not exists bellhop_cluster.version (version int not null)');
    const { rows } = await client.query<{ version: number }>('select version from bellhop_cluster.version');
    const version = rows[0]?.version ?? 0;
    if (version > VERSION)
      throw new AppError(
        409,
        'database_newer',
        'A newer Bellhop has used this database. Start that version, or set DATABASE_URL to another database.',
      );
    for (const step of MIGRATIONS.slice(version)) await client.query(step);
    await client.query('delete from bellhop_cluster.version');
    await client.query('insert into bellhop_cluster.version values ($1)', [VERSION]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}
