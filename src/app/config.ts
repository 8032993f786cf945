import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { z } from 'zod';
import { AppError } from '../core/errors.ts';
import { SHORTEST_TOKEN } from './admin-token.ts';

const PORT = 'must be a whole number from 0 to 65535';
const PUBLIC = 'must be a URL such as https://hooks.example.com, without ? and #';
const DATABASE =
  'must be an address such as postgres://user:password@host:5432/bellhop, with what is not a letter or digit in the password encoded: `@` is `%40`';
const SHARED_KEY =
  'must be set where DATABASE_URL is, the same on every node. `openssl rand -hex 32` makes one; an earlier one is in the file `key` of the data folder';
const DAYS = 'must be a number of days, 3650 at most';
const MEGABYTES = 'must be a number of megabytes';
const KEY = 'must be 64 hexadecimal digits';
const PROXIES = 'must be true, false, the number of proxies, or their addresses and ranges such as 10.0.0.0/8';
const FORMATS = ['text', 'json'] as const;
const LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;

const apiUrl = z.url('must be a URL');

/** A token as its service made it. Only the service knows whether it is valid. */
const token = z.string().trim();
const slackToken = (prefix: string, other: string) =>
  token.refine(
    (text) => !text.startsWith(other),
    `must begin with \`${prefix}\`, not \`${other}\`: the two Slack tokens may be swapped`,
  );

const Variables = z.object({
  PORT: z.coerce.number(PORT).int(PORT).min(0, PORT).max(65535, PORT).default(3000),
  HOST: z.string().default('127.0.0.1'),
  PUBLIC_URL: z
    .url({ protocol: /^https?$/, error: PUBLIC })
    .regex(/^[^?#]*$/, PUBLIC)
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(),
  DATA_DIR: z
    .string()
    .default('./data')
    .transform((folder) => resolve(folder)),
  DATABASE_URL: z.string().trim().refine(isDatabase, DATABASE).optional(),
  BELLHOP_KEY: z.string().optional(),
  BACKUP_PASSPHRASE: z.string().min(12, 'must have at least 12 characters').optional(),
  ADMIN_TOKEN: token.min(SHORTEST_TOKEN, `must have at least ${SHORTEST_TOKEN} characters`).optional(),
  SLACK_BOT_TOKEN: slackToken('xoxb-', 'xapp-').optional(),
  SLACK_APP_TOKEN: slackToken('xapp-', 'xoxb-').optional(),
  SLACK_SIGNING_SECRET: token.optional(),
  SLACK_API_URL: apiUrl.optional(),
  DISCORD_TOKEN: token.optional(),
  DISCORD_PUBLIC_KEY: z.hex(KEY).length(64, KEY).optional(),
  DISCORD_GUILD_IDS: z
    .string()
    .regex(/^[\s,]*\d{5,25}(?:[\s,]+\d{5,25})*[\s,]*$/, 'must be the numbers of servers, with commas between them')
    .transform((text): readonly string[] => text.match(/\d+/g) ?? [])
    .optional(),
  DISCORD_GUILD_ID: z
    .string()
    .regex(/^\d{5,25}$/, 'must be the number of a server')
    .optional(),
  DISCORD_API_URL: apiUrl.optional(),
  RETENTION_DAYS: z.coerce.number(DAYS).positive(DAYS).max(3650, DAYS).default(30),
  RETENTION_MB: z.coerce.number(MEGABYTES).positive(MEGABYTES).optional(),
  SEARCH_BODIES_MB: z.coerce.number(MEGABYTES).min(0, MEGABYTES).default(1000),
  TRUST_PROXY: z.string().transform(toProxies).default(false),
  LOG_FORMAT: z.enum(FORMATS, 'must be text or json, or blank').optional(),
  LOG_LEVEL: z.enum(LEVELS, 'must be debug, info, warn, error or silent').default('info'),
});

const Environment = Variables.superRefine(({ DATABASE_URL, BELLHOP_KEY }, { addIssue }) => {
  if (DATABASE_URL !== undefined && BELLHOP_KEY === undefined)
    addIssue({ code: 'custom', path: ['BELLHOP_KEY'], message: SHARED_KEY });
});

/** Whether a text is the address of a PostgreSQL database. */
export function isDatabase(text: string): boolean {
  return URL.canParse(text) && /^postgres(?:ql)?:$/.test(new URL(text).protocol);
}

/** `true` is one proxy; a number is that many; anything else is the addresses and ranges of proxies, as `proxy-addr` reads them. */
function toProxies(text: string, context: z.RefinementCtx): number | string[] | false {
  const word = text.trim().toLowerCase();
  if (['false', 'no', 'off', '0'].includes(word)) return false;
  if (['true', 'yes', 'on'].includes(word)) return 1;
  if (/^\d{1,2}$/.test(word)) return Number(word);
  const ranges = word.split(/[\s,]+/);
  if (ranges.every(isRange)) return ranges;
  context.addIssue({ code: 'custom', message: PROXIES });
  return z.NEVER;
}

const NAMED_RANGES = ['loopback', 'linklocal', 'uniquelocal'];

function isRange(text: string): boolean {
  const [address = '', bits = '0', ...more] = text.split('/');
  const version = isIP(address);
  if (NAMED_RANGES.includes(text)) return true;
  return version > 0 && more.length === 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128);
}

export type Config = Readonly<z.infer<typeof Environment>>;

/** The variables whose values nobody may see. */
export function secretsOf({
  BELLHOP_KEY,
  BACKUP_PASSPHRASE,
  ADMIN_TOKEN,
  DATABASE_URL,
  ...chats
}: Config): readonly string[] {
  const { SLACK_BOT_TOKEN, SLACK_APP_TOKEN, SLACK_SIGNING_SECRET, DISCORD_TOKEN } = chats;
  return [
    BELLHOP_KEY,
    BACKUP_PASSPHRASE,
    ADMIN_TOKEN,
    DATABASE_URL,
    ...passwordsIn(DATABASE_URL),
    SLACK_BOT_TOKEN,
    SLACK_APP_TOKEN,
    SLACK_SIGNING_SECRET,
    DISCORD_TOKEN,
  ].filter((secret) => secret !== undefined);
}

/** The password in an address, as it stands there and as it is. */
function passwordsIn(url: string | undefined): readonly string[] {
  const password = url === undefined ? '' : new URL(url).password;
  return password ? [password, decodeURIComponent(password)] : [];
}

/** The variables we read; a test holds `.env.example` to this list. */
export const variables: readonly string[] = Object.keys(Variables.shape);

/** Reads the environment once. Throws one `AppError` that names everything wrong with it. */
export function loadConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const { data, error } = Environment.safeParse(withoutBlanks(environment));
  if (!error) return Object.freeze(data);
  const problems = error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`);
  throw new AppError(500, 'bad_environment', `The environment cannot be used:\n${problems.join('\n')}`);
}

/** `.env` files spell "not set" as `NAME=`. */
function withoutBlanks(environment: Readonly<Record<string, string | undefined>>): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()));
}
