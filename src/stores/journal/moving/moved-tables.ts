import type { Tables } from '../tables.ts';

export interface MovedTable {
  readonly table: keyof Tables;
  /** The number that its rows are moved by; nothing where they are few and have no number. */
  readonly key?: 'id' | 'event_id' | 'refusal_id';
  /** Whether its body is stored in a form of the database's own. */
  readonly body?: 'events.body' | 'batches.body';
}

/**
 * What a journal is made of, in an order in which each table finds what it refers to. The search indexes are not: that of events
 * is made anew from their decisions, that of bodies by a chore.
 */
export const movedTables: readonly MovedTable[] = [
  { table: 'batches', key: 'id', body: 'batches.body' },
  { table: 'events', key: 'id', body: 'events.body' },
  { table: 'undecided', key: 'event_id' },
  { table: 'decisions', key: 'event_id' },
  { table: 'posts', key: 'id' },
  { table: 'subjects', key: 'id' },
  { table: 'handlings', key: 'id' },
  { table: 'roll_ups', key: 'id' },
  { table: 'refusals', key: 'id' },
  { table: 'proofs', key: 'refusal_id' },
  { table: 'held', key: 'id' },
  { table: 'audit', key: 'id' },
  { table: 'local_messages', key: 'id' },
  { table: 'secret_uses' },
  { table: 'silences' },
  { table: 'responses' },
  { table: 'local_channels' },
  { table: 'read_marks' },
];
