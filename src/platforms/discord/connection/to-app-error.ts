import { AppError } from '../../../core/errors.ts';
import { PayloadRefused, readParts } from './payload-refused.ts';

type Kind = readonly [code: string, status: number, message: string, retryAfter?: number];

const ROUTE_HELP = 'Choose another with `/webhook route`.';
const RAN_HELP = 'The command may have run: check what it did before you type it again.';
const DIRECT_HELP = 'They must allow direct messages from a server that Bellhop is on.';

export const STATUS_PAGE = 'https://discordstatus.com says whether Discord itself has problems.';

const ACCESS =
  'Bellhop may not see that channel. Open its settings, then Permissions, and give Bellhop `View Channels` and `Send Messages`.';

const PERMISSION = 'Bellhop lacks a permission in that channel. `/webhook route` names the one that is missing.';

/** Waiting helps with these, for as many milliseconds when Discord names no time. https://discord.com/developers/docs/topics/opcodes-and-status-codes#json */
const TEMPORARY: Readonly<Record<number, number>> = {
  20016: 5_000,
  20022: 60_000,
  20028: 10_000,
  20029: 10_000,
  30046: 60_000,
  40004: 60_000,
  40006: 60_000,
  40062: 10_000,
  130000: 30_000,
  160006: 60_000,
  160007: 60_000,
};

/** A post's status of 403, 404 or 410 says that its channel takes nothing at all; a refusal of one message has another. */
const KINDS: Readonly<Record<number, Kind>> = {
  10003: ['discord_channel_gone', 404, `That Discord channel is gone. ${ROUTE_HELP}`],
  10004: [
    'discord_server_gone',
    404,
    'Bellhop is no longer on that Discord server. Invite it again with the link that `bellhop doctor` prints.',
  ],
  10007: ['discord_member_gone', 404, 'That person is not on that Discord server. Choose somebody who is.'],
  10008: ['discord_message_gone', 404, 'That Discord message is gone.'],
  10015: ['discord_interaction_over', 410, `Discord no longer takes an answer to that command. ${RAN_HELP}`],
  10013: ['discord_member_gone', 404, 'Discord does not know that person. Mention them with `@`.'],
  10062: ['discord_interaction_over', 410, `Discord no longer takes an answer to that command. ${RAN_HELP}`],
  40001: ['discord_token', 401, ''],
  20031: [
    'discord_blocked',
    422,
    'Discord does not allow a word in that message. Leave it out with `/webhook template`.',
  ],
  40005: ['discord_payload', 413, 'That message is too large for Discord. Shorten it with `/webhook template`.'],
  40058: ['discord_forum', 403, `That Discord channel is a forum, which takes no plain message. ${ROUTE_HELP}`],
  40060: ['discord_interaction_answered', 409, 'That command has been answered already.'],
  40067: [
    'discord_forum_tag',
    403,
    'That Discord forum requires a tag on every post, and none of its tags says how this one stands. Add tags like `open`, `resolved` and `critical`, or turn that rule off in its settings.',
  ],
  40094: ['discord_interaction_over', 410, `Discord takes no more answers to that command. ${RAN_HELP}`],
  50001: ['discord_access', 403, ACCESS],
  50006: ['discord_payload', 400, 'Discord refuses an empty message.'],
  50007: ['discord_direct', 403, `Discord does not let Bellhop write to that person. ${DIRECT_HELP}`],
  50008: ['discord_channel_kind', 403, `That Discord channel takes no messages. ${ROUTE_HELP}`],
  50009: ['discord_access', 403, ACCESS],
  50013: ['discord_permission', 403, PERMISSION],
  50014: ['discord_token', 401, ''],
  50024: ['discord_channel_kind', 403, `That Discord channel takes no messages. ${ROUTE_HELP}`],
  50027: [
    'discord_interaction_over',
    410,
    `Discord no longer takes an answer to that command: fifteen minutes are over. ${RAN_HELP}`,
  ],
  50035: ['discord_payload', 400, 'Discord rejects the format of that message.'],
  50083: ['discord_thread_archived', 400, 'That Discord thread is archived. Open it again, or choose another channel.'],
  50109: ['discord_payload', 400, 'Discord cannot read that message. Change its template with `/webhook template`.'],
  50278: ['discord_direct', 403, `Discord does not let Bellhop write to that person. ${DIRECT_HELP}`],
  160002: ['discord_access', 403, ACCESS],
  160004: ['discord_thread_exists', 409, 'That Discord message has a thread already.'],
  160005: ['discord_thread_locked', 403, `That Discord thread is locked. ${ROUTE_HELP}`],
  200000: ['discord_blocked', 422, 'AutoMod of that Discord server blocks this message. Allow Bellhop in its rules.'],
  240000: [
    'discord_blocked',
    422,
    'Discord blocks this message because of a link in it. Leave it out with `/webhook template`.',
  ],
};

/** Milliseconds until something is tried again that Discord refused for an unknown reason. */
const UNKNOWN_RETRY = 30_000;
/** Milliseconds to wait where Discord asks to slow down and names no time. */
const UNTIMED_RETRY = 5_000;

const TOKEN_HELP =
  'Discord does not accept the token. Put the current one into `DISCORD_TOKEN` (a change in `.env` needs no restart).';

/** Milliseconds until a refused token is tried again: Discord has refused good ones, and what is owed waits for a new one. */
export const TOKEN_RETRY = 60_000;

/** What a failed request to Discord means, and whether time can help. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const { code, status, retryAfter } = read(error);
  if (retryAfter !== undefined)
    return failure(
      'discord_limited',
      429,
      'Discord asks Bellhop to slow down.',
      error,
      Math.ceil(retryAfter) || UNTIMED_RETRY,
    );
  if (code !== undefined && TEMPORARY[code])
    return failure('discord_limited', 429, 'Discord asks Bellhop to slow down.', error, TEMPORARY[code]);
  if (status === 401 && code !== 50027) return tokenRefused(error);
  const known = code === undefined ? undefined : KINDS[code];
  if (known) return toKnown(known, error);
  if (status === undefined) return toSilence(error);
  if (status === 404 && code === 0)
    return failure(
      'discord_nothing_there',
      502,
      `Discord finds nothing there. Check \`DISCORD_API_URL\` if it is set; ${STATUS_PAGE}`,
      error,
      UNKNOWN_RETRY,
    );
  // An unknown code, or a page of a proxy, says nothing about the message or the channel.
  if (status < 500)
    return failure(
      'discord_unknown',
      502,
      `Discord answers ${status}${code ? ` with code ${code}` : ''}. ${STATUS_PAGE}`,
      error,
      UNKNOWN_RETRY,
    );
  return failure('discord_down', 502, `Discord answers ${status}. ${STATUS_PAGE}`, error, 1_000);
}

function toKnown([code, status, message]: Kind, error: unknown): AppError {
  if (code === 'discord_token') return tokenRefused(error);
  if (code !== 'discord_payload') return failure(code, status, message, error);
  return new PayloadRefused(status, message, { cause: scrubbed(error), parts: readParts(errorsOf(error)) });
}

function toSilence(error: unknown): AppError {
  if (error instanceof Error && error.name === 'AbortError')
    return failure(
      'discord_silent',
      504,
      `Discord did not answer within ten seconds. Check the network; ${STATUS_PAGE}`,
      error,
      1_000,
    );
  return failure(
    'discord_unreachable',
    502,
    `Discord cannot be reached. Check the network; ${STATUS_PAGE}`,
    error,
    1_000,
  );
}

export function tokenRefused(cause?: unknown): AppError {
  return failure('discord_token', 401, TOKEN_HELP, cause, TOKEN_RETRY);
}

function failure(code: string, status: number, message: string, cause: unknown, retryAfter?: number): AppError {
  return new AppError(status, code, message, {
    cause: scrubbed(cause),
    ...(retryAfter !== undefined && { retryAfter }),
  });
}

/** The library's errors carry the address, which may hold a token, and the message; neither may reach a log. */
function scrubbed(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const plain = new Error(error.message);
  plain.name = error.name;
  if (error.stack) plain.stack = error.stack;
  return plain;
}

/** What Discord says of each part of a refused message. */
function errorsOf(error: unknown): unknown {
  const raw: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'rawError') : undefined;
  return typeof raw === 'object' && raw !== null && 'errors' in raw ? raw.errors : undefined;
}

/** The library's errors differ in class but agree in these members. */
function read(error: unknown): { readonly code?: number; readonly status?: number; readonly retryAfter?: number } {
  if (typeof error !== 'object' || error === null) return {};
  const member = (name: string) => {
    const value: unknown = Reflect.get(error, name);
    return typeof value === 'number' ? value : undefined;
  };
  const [code, status, retryAfter] = [member('code'), member('status'), member('retryAfter')];
  return {
    ...(code !== undefined && { code }),
    ...(status !== undefined && { status }),
    ...(retryAfter !== undefined && { retryAfter }),
  };
}

export function hasCode(error: unknown, ...codes: readonly string[]): error is AppError {
  return error instanceof AppError && codes.includes(error.code);
}
