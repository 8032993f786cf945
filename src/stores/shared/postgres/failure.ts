import { AppError } from '../../../core/errors.ts';

const RETRY_AFTER = 5000;

interface Saying {
  readonly code: string;
  readonly text: string;
  /** Whether it may go by without anybody who changes the configuration. */
  readonly passes: boolean;
}

const away = (text: string): Saying => ({ code: 'database_away', text, passes: true });
const refused = (code: string, text: string): Saying => ({ code, text, passes: false });
const unwritable = (code: string, text: string): Saying => ({ code, text, passes: true });

const SLOW = away('does not answer in time. It is tried again; look at its load and its locks');
const FULL = unwritable('database_full', 'has no space left. Free some, or shorten the retention');
const READ_ONLY = unwritable(
  'database_read_only',
  'takes no writes: it is a standby or set to read only. Point DATABASE_URL to the primary',
);
const MISSING = refused(
  'database_newer',
  'lacks a table or a column that this Bellhop uses. Another version may have changed it: start that one',
);

/** What PostgreSQL's own codes (https://www.postgresql.org/docs/current/errcodes-appendix.html) and those of the network say to people. */
const SAYINGS: Readonly<Record<string, Saying>> = {
  '28P01': refused('database_refused', 'does not take the password in DATABASE_URL. Correct it'),
  '28000': refused(
    'database_refused',
    'does not let this user in from here. Check the user in DATABASE_URL and pg_hba.conf',
  ),
  '3D000': refused('database_missing', 'does not exist. Create it: `createdb -E UTF8 …`'),
  '42501': refused('database_refused', 'does not let this user do that. Let the user own the database'),
  '42P01': MISSING,
  '42703': MISSING,
  '53100': FULL,
  '53200': away('is out of memory. It is tried again'),
  '53300': away('has no connection left. Raise max_connections, or stop what else uses it'),
  '25006': READ_ONLY,
  '57014': SLOW,
  '55P03': SLOW,
  '40P01': SLOW,
  '40001': SLOW,
  ENOTFOUND: away('is not found: its host name does not resolve. Check DATABASE_URL'),
  ECONNREFUSED: away('refuses the connection. Start PostgreSQL, or check host and port in DATABASE_URL'),
  ETIMEDOUT: SLOW,
};

const DEFAULT = away('is away. It is tried again until it is back');

/** Classes of codes: connections, operator’s interventions, system errors. */
const AWAY = /^(?:08|57P|58)/;

/** A refusal of PostgreSQL as an error: for people where they can do something about it, unforeseen otherwise. `place` is the database without its password. */
export function toDatabaseError(error: unknown, place: string): Error {
  if (error instanceof AppError || !(error instanceof Error))
    return error instanceof Error ? error : new Error(String(error));
  const saying = sayingOf(error);
  if (!saying) return error;
  const { code, text, passes } = saying;
  return new AppError(503, code, `The database \`${place}\` ${text}.`, {
    cause: error,
    ...(passes && { retryAfter: RETRY_AFTER }),
  });
}

function sayingOf(error: Error): Saying | undefined {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  if (code === undefined)
    return /timeout|terminated|connection|not queryable/i.test(error.message) ? DEFAULT : undefined;
  // Whatever the system says of a socket: ECONNRESET, EPIPE, EHOSTUNREACH.
  return SAYINGS[code] ?? (AWAY.test(code) || /^E[A-Z]{3,}$/.test(code) ? DEFAULT : undefined);
}

/** A database as it may be shown: without user and password. */
export function toPlace(url: string): string {
  if (!URL.canParse(url)) return 'DATABASE_URL';
  const { host, pathname } = new URL(url);
  return `${host}${decodeURIComponent(pathname)}` || 'DATABASE_URL';
}
