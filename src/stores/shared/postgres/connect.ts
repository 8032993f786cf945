import pg from 'pg';
import { toClientConfig } from './connection.ts';

/** What is asked of a database, by one connection or by any of several. */
export interface Queries {
  query<Row extends pg.QueryResultRow>(text: string, values?: readonly unknown[]): Promise<{ readonly rows: Row[] }>;
}

/** A dead peer is noticed after as many milliseconds, on both ends. */
const SILENT_FOR = 3_000;
/** Seconds after which the database looks whether a silent node is still there, and how often it does so then. */
const KEEPALIVE = '-c tcp_keepalives_idle=3 -c tcp_keepalives_interval=1 -c tcp_keepalives_count=3';

/** A connection that stays open, and notices soon when the other end is gone. */
export function createClient(url: string): pg.Client {
  return new pg.Client({
    ...toClientConfig(url, 'node'),
    keepAliveInitialDelayMillis: SILENT_FOR,
    connectionTimeoutMillis: SILENT_FOR,
    query_timeout: SILENT_FOR,
    options: KEEPALIVE,
  });
}
