import type pg from 'pg';

/** Numbers of the locks that are held for as long as a connection stands: one for each node, and one for the leader. */
const NODE = 71_835;
const LEADER = '71834, 2';
/** Said when the lead is free. */
export const FREE = 'bellhop_lead';

/** Takes a seat among the nodes, which the connection holds. Gives back its number. */
export async function takeSeat(client: pg.Client): Promise<number> {
  await client.query('begin');
  const { rows } = await client.query<{ id: number }>('insert into bellhop_cluster.nodes default values returning id');
  const id = rows[0]?.id ?? 0;
  await client.query(`select pg_advisory_lock(${NODE}, $1)`, [id]);
  await client.query('commit');
  return id;
}

/** Takes a seat again over another connection; whether it was not given up by the others. Throws while the last connection holds it. */
export async function retakeSeat(client: pg.Client, id: number): Promise<boolean> {
  const locked = await client.query<{ got: boolean }>(`select pg_try_advisory_lock(${NODE}, $1) as got`, [id]);
  const seated = await isSeated(client, id);
  if (seated && !locked.rows[0]?.got) throw new Error('The seat is still taken by the connection that was lost.');
  return seated;
}

export async function isSeated(client: pg.Client, id: number): Promise<boolean> {
  const { rows } = await client.query('select 1 from bellhop_cluster.nodes where id = $1', [id]);
  return rows.length > 0;
}

/** How many migrations a node knows: those of what nodes share, and those of the journal where it has one. */
export interface KnownVersions {
  readonly cluster: number;
  readonly journal?: number | undefined;
}

/** Whether a newer Bellhop has changed the tables, to which a node that knows so many migrations may write no more. */
export async function isOutdated(client: pg.Client, { cluster, journal }: KnownVersions): Promise<boolean> {
  const journals = journal === undefined ? '0' : 'select max(id) from bellhop.migrations';
  const { rows } = await client.query<{ newer: boolean }>(
    `select (select max(version) from bellhop_cluster.version) > $1 or (${journals}) > $2 as newer`,
    [cluster, journal ?? 0],
  );
  return rows[0]?.newer ?? false;
}

export async function giveUpSeat(client: pg.Client, id: number): Promise<void> {
  await client.query('delete from bellhop_cluster.nodes where id = $1', [id]);
}

/** Notes under which name a node takes lanes. */
export async function nameWorker(client: pg.Client, id: number, worker: string): Promise<void> {
  await client.query('update bellhop_cluster.nodes set worker = $2 where id = $1', [id, worker]);
}

/** A node whose connection does not hold its seat, with the name under which it took lanes. */
export interface Unseated {
  readonly id: number;
  readonly worker: string | null;
}

/** The nodes whose connection does not hold their seat, with the names under which they took lanes. */
export async function findUnseated(client: pg.Client, own: number): Promise<readonly Unseated[]> {
  const { rows } = await client.query<Unseated>(
    `select id, worker from bellhop_cluster.nodes where id <> $1 and not ${IS_HELD}`,
    [own],
  );
  return rows;
}

export async function removeSeats(client: pg.Client, ids: readonly number[]): Promise<void> {
  await client.query('delete from bellhop_cluster.nodes where id = any($1::int[])', [ids]);
}

/** Takes the lead, unless another has it. */
export async function tryLead(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ got: boolean }>(`select pg_try_advisory_lock(${LEADER}) as got`);
  return rows[0]?.got ?? false;
}

/** The node that led last; nothing where it handed the lead over. */
export async function lastLeader(client: pg.Client): Promise<number | undefined> {
  const { rows } = await client.query<{ node: number | null }>('select node from bellhop_cluster.seat');
  return rows[0]?.node ?? undefined;
}

export async function noteLeader(client: pg.Client, id: number): Promise<void> {
  await client.query('update bellhop_cluster.seat set node = $1', [id]);
}

/** Hands the lead over, and says so. */
export async function freeLead(client: pg.Client, id: number): Promise<void> {
  await client.query('update bellhop_cluster.seat set node = null where node = $1', [id]);
  await client.query(`select pg_advisory_unlock(${LEADER})`);
  await client.query(`notify ${FREE}`);
}

const IS_HELD = `exists (select from pg_locks where locktype = 'advisory' and classid = ${NODE} and objid = nodes.id::oid
  and database = (select oid from pg_database where datname = current_database()))`;
