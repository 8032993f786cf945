import { AppError } from '../../../core/errors.ts';
import { listOf, partOf, textOf } from './answer-parts.ts';
import { classOf, type SlackErrorClass } from './slack-errors.ts';

export interface RefusalOptions {
  readonly cause?: unknown;
  readonly retryAfter?: number;
  readonly problems?: readonly string[];
}

/** A refusal of Slack's, with what it asks for. */
export class SlackRefusal extends AppError {
  readonly kind: SlackErrorClass;
  /** What Slack says is wrong inside a message or view, each with a pointer to the place. */
  readonly problems: readonly string[];

  constructor(
    kind: SlackErrorClass,
    code: string,
    message: string,
    { problems = [], ...options }: RefusalOptions = {},
  ) {
    super(STATUS[kind], `slack_${code}`, message, options);
    this.kind = kind;
    this.problems = problems;
  }
}

// From 500 on it is not known whether Slack did what it was asked.
const STATUS: Readonly<Record<SlackErrorClass, number>> = {
  credential: 401,
  scope: 403,
  place: 403,
  payload: 422,
  gone: 409,
  limit: 429,
  transient: 503,
  unknown: 503,
};

/** `late`: Slack may still be at work on what it was asked, so a look at what came of it is worth little before. */
const WAIT = { limit: 5_000, transient: 1_000, unknown: 5_000, late: 10_000, credential: 60_000 } as const;

/** Without this scope nothing can be posted, whatever the channel. */
export const POSTING_SCOPE = 'chat:write';

const STATUS_PAGE = 'https://slack-status.com says whether Slack itself has problems.';
const SET = 'a change in `.env` needs no restart, any other change does.';
const NEW_TOKEN = {
  bot: `Install the app again under OAuth & Permissions, and set the new token as \`SLACK_BOT_TOKEN\`: ${SET}`,
  app: `Make another under Basic Information → App-Level Tokens with the scope \`connections:write\`, and set it as \`SLACK_APP_TOKEN\`: ${SET}`,
} as const;

const ADVICE: Readonly<Record<string, string>> = {
  channel_not_found:
    'Bellhop cannot see that channel. If it still exists it is private: invite Bellhop with `/invite @bellhop`.',
  not_in_channel: 'Bellhop is not in that channel. Invite it with `/invite @bellhop`.',
  is_archived: 'That channel is archived. Unarchive it, or choose another with `/webhook route`.',
  user_not_found: 'Slack does not know that person. Mention them with `@`, or choose a channel.',
  messages_tab_disabled:
    'The app takes no direct messages. Turn on the Messages Tab under App Home, or choose a channel.',
  not_allowed_token_type:
    'Slack expects another kind of token there. The bot token begins with `xoxb-`, the app token with `xapp-`: they may be swapped.',
  restricted_action: 'The workspace does not let Bellhop post in that channel. Ask one of its admins.',
  restricted_action_read_only_channel:
    'Only some people may post in that channel, and Bellhop is not one of them. Ask one of its admins.',
};

export interface Circumstances {
  readonly cause?: unknown;
  /** The scope that was lacking. */
  readonly needed?: unknown;
  /** Which token was sent. */
  readonly token?: 'bot' | 'app';
  readonly problems?: readonly string[];
}

interface SlackErrorShape {
  readonly code?: unknown;
  readonly name?: unknown;
  readonly message?: unknown;
  readonly retryAfter?: unknown;
  readonly statusCode?: unknown;
  readonly original?: { readonly name?: unknown };
  readonly data?: { readonly ok?: unknown; readonly error?: unknown; readonly needed?: unknown };
}

/** A failure of a Web API call, in words for people, saying whether time can help. Told apart by shape, so that Bolt need not be loaded. */
export function toAppError(error: unknown, token: 'bot' | 'app' = 'bot'): SlackRefusal {
  if (error instanceof SlackRefusal) return error;
  // Whatever was thrown may be looked at as if it had these parts.
  const { code, name, message, retryAfter, statusCode, original, data } = (error ?? {}) as SlackErrorShape;
  switch (code) {
    case 'slack_webapi_rate_limited_error':
      return limited(error, Number(retryAfter) * 1000);
    case 'slack_webapi_platform_error':
      return toRefusal(data, { cause: error, token });
    case 'slack_webapi_http_error':
      return unavailable(Number(statusCode), error);
  }
  if (String(message).includes('Retry header')) return limited(error, WAIT.limit);
  if ((original?.name ?? name) === 'TimeoutError')
    return new SlackRefusal('transient', 'late', `Slack did not answer in time. Check the network; ${STATUS_PAGE}`, {
      cause: error,
      retryAfter: WAIT.late,
    });
  return new SlackRefusal('transient', 'unreachable', `Slack could not be reached. Check the network; ${STATUS_PAGE}`, {
    cause: error,
    retryAfter: WAIT.transient,
  });
}

/** What Slack's own codes look like: a page of a proxy, or an answer cut short, does not. */
const CODE = /^[a-z]\w{0,79}$/i;

const SCOPES = /^[\w:.,]{1,200}$/;

/** The refusal that an answer without success stands for. An answer that makes no sense leaves open what Slack did. */
export function toRefusal(
  answer: unknown,
  circumstances: Omit<Circumstances, 'needed' | 'problems'> = {},
): SlackRefusal {
  const code = textOf(answer, 'error') ?? '';
  if (partOf(answer, 'ok') !== false || !CODE.test(code)) return unreadable();
  const problems = [...listOf(answer, 'errors'), ...listOf(answer, 'response_metadata', 'messages')].map(String);
  return refused(code, { ...circumstances, needed: partOf(answer, 'needed'), problems });
}

/** Slack, or something on the way to it, sent something that is not an answer of Slack's. */
export function unreadable(): SlackRefusal {
  const text = `Slack’s answer could not be read, so nobody knows whether Slack did it. ${STATUS_PAGE}`;
  return new SlackRefusal('unknown', 'unreadable', text, { retryAfter: WAIT.unknown });
}

/** Slack answered with an HTTP status that its Web API does not use. */
export function unavailable(status: number, cause?: unknown): SlackRefusal {
  const text = `Slack answered with HTTP status ${status}. ${STATUS_PAGE}`;
  return new SlackRefusal('transient', 'unavailable', text, { cause, retryAfter: WAIT.transient });
}

/** The refusal that an error code of Slack's stands for. */
export function refused(
  code: string,
  { cause, needed, token = 'bot', problems = [] }: Circumstances = {},
): SlackRefusal {
  const kind = classOf(code);
  switch (kind) {
    case 'limit':
      return limited(cause, WAIT.limit);
    case 'transient':
      return new SlackRefusal(kind, code, `Slack could not do it (\`${code}\`). ${STATUS_PAGE}`, {
        cause,
        retryAfter: WAIT.transient,
      });
    case 'credential':
      return new SlackRefusal(
        kind,
        code,
        ADVICE[code] ?? `Slack refuses the ${token} token (\`${code}\`). ${NEW_TOKEN[token]}`,
        { cause, retryAfter: WAIT.credential },
      );
    case 'scope': {
      const scope = SCOPES.test(String(needed)) ? `the scope \`${needed}\`` : 'a scope';
      const text = `The Slack app lacks ${scope}. Add it under OAuth & Permissions, then install the app again.`;
      return needed === POSTING_SCOPE
        ? new SlackRefusal('credential', code, text, { cause, retryAfter: WAIT.credential })
        : new SlackRefusal(kind, code, text, { cause });
    }
    case 'payload':
      return new SlackRefusal(
        kind,
        code,
        `Slack does not accept the message (\`${code}\`). The log has Slack’s explanation; if that is about the template, correct it with \`/webhook template\`.`,
        { cause, problems },
      );
    case 'unknown':
      return new SlackRefusal(
        kind,
        code,
        `Slack answered with an error that Bellhop does not know (\`${code}\`), so nobody knows whether Slack did it. ${STATUS_PAGE}`,
        { cause, retryAfter: WAIT.unknown },
      );
    case 'gone':
      return new SlackRefusal(
        kind,
        code,
        `Slack no longer knows what this was about (\`${code}\`). Type the command again.`,
        {
          cause,
        },
      );
    case 'place':
      return new SlackRefusal(
        kind,
        code,
        ADVICE[code] ??
          `Slack refuses to post there (\`${code}\`). Ask an admin of the workspace, or choose another channel with \`/webhook route\`.`,
        { cause },
      );
  }
}

/** Slack asks to wait so many milliseconds. */
export function limited(cause: unknown, retryAfter: number): SlackRefusal {
  const wait = retryAfter >= 0 && Number.isFinite(retryAfter) ? retryAfter : WAIT.limit;
  const text = `Slack asks Bellhop to wait ${Math.ceil(wait / 1000)} s before the next request.`;
  return new SlackRefusal('limit', 'ratelimited', text, { cause, retryAfter: wait });
}
