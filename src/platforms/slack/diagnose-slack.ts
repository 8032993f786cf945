import { parseAnswer, partOf, textOf } from './connection/answer-parts.ts';
import { limited, toAppError, toRefusal, unavailable } from './connection/to-app-error.ts';
import { missingScopes, SLACK_SCOPES } from './scopes.ts';

/** One thing that was looked at, and what to do when it is wrong. */
export interface SlackFinding {
  readonly ok: boolean;
  readonly what: string;
  readonly todo?: string;
}

export interface DiagnoseOptions {
  readonly botToken: string;
  readonly appToken?: string;
  readonly signingSecret?: string;
  readonly apiUrl?: string;
  /** Where to post a test message: a channel's id, or `#name`. */
  readonly postTo?: string;
}

const TIMEOUT = 10_000;
const SLACK_API = 'https://slack.com/api/';

/** Tries the tokens and scopes of a Slack app without connecting it. Never throws. */
export async function diagnoseSlack({
  botToken,
  appToken,
  signingSecret,
  apiUrl = SLACK_API,
  postTo,
}: DiagnoseOptions): Promise<readonly SlackFinding[]> {
  const call = createPlainCall(apiUrl);
  const bot = await call('auth.test', { token: botToken });
  const findings = [
    bot.problem
      ? finding('the bot token', bot.problem)
      : { ok: true, what: `the bot token belongs to ${textOf(bot.answer, 'user')} in ${textOf(bot.answer, 'team')}` },
  ];
  if (!bot.problem) findings.push(...checkScopes(bot.scopes), ...checkReach(bot.answer));
  if (appToken) {
    const { problem } = await call('apps.connections.open', { token: appToken, kind: 'app' });
    findings.push(problem ? finding('the app token', problem) : { ok: true, what: 'the app token opens sockets' });
  }
  if (!appToken && !signingSecret) {
    findings.push({
      ok: false,
      what: 'commands cannot arrive',
      todo: 'Set SLACK_APP_TOKEN (Basic Information → App-Level Tokens, scope `connections:write`), or SLACK_SIGNING_SECRET for HTTP.',
    });
  }
  if (postTo && !bot.problem) {
    const { problem } = await call('chat.postMessage', {
      token: botToken,
      body: { channel: postTo, text: 'Bellhop can post here.' },
    });
    findings.push(
      problem ? finding(`posting to ${postTo}`, problem) : { ok: true, what: `a test message was posted in ${postTo}` },
    );
  }
  return findings;
}

function finding(what: string, todo: string): SlackFinding {
  return { ok: false, what: `${what} does not work`, todo };
}

function checkScopes(granted: readonly string[] = []): readonly SlackFinding[] {
  const missing = missingScopes(granted);
  if (granted.length > 0 && missing.length === 0) return [{ ok: true, what: 'the app has every scope it needs' }];
  return missing.map((scope) => ({
    ok: false,
    what: `the scope \`${scope}\` is missing: ${SLACK_SCOPES[scope]}`,
    todo: 'Add it under OAuth & Permissions → Bot Token Scopes, then install the app again.',
  }));
}

function checkReach(answer: unknown): readonly SlackFinding[] {
  if (partOf(answer, 'is_enterprise_install') !== true) return [];
  return [
    {
      ok: false,
      what: 'the app is installed for a whole organization, and Bellhop serves one workspace',
      todo: 'Install it in the workspace that is to use it, and set the token of that installation.',
    },
  ];
}

interface Outcome {
  readonly answer?: unknown;
  readonly scopes?: readonly string[];
  /** What is wrong, and what to do. */
  readonly problem?: string;
}

interface PlainCall {
  readonly token: string;
  readonly kind?: 'bot' | 'app';
  readonly body?: object;
}

/** A call without Slack's client, which is large: a diagnosis is over in a moment. */
function createPlainCall(apiUrl: string) {
  return async (method: string, { token, kind = 'bot', body = {} }: PlainCall): Promise<Outcome> => {
    try {
      const response = await fetch(new URL(method, apiUrl.endsWith('/') ? apiUrl : `${apiUrl}/`), {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json; charset=utf-8' },
        body: JSON.stringify(body),
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT),
      });
      if (response.status === 429) throw limited(undefined, Number.NaN);
      if (response.status >= 500) throw unavailable(response.status);
      const text = await response.text();
      const answer = parseAnswer(text);
      if (partOf(answer, 'ok') !== true) throw toRefusal(answer, { token: kind });
      const scopes = response.headers.get('x-oauth-scopes')?.split(/\s*,\s*/);
      return { answer, ...(scopes && { scopes }) };
    } catch (error) {
      return { problem: toAppError(error).message };
    }
  };
}
