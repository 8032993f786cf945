import { parseAnswer, partOf } from './answer-parts.ts';
import { limited, refused, SlackRefusal, toAppError, toRefusal, unavailable, unreadable } from './to-app-error.ts';

/** Answers an interaction through the address that came with it. Throws `SlackRefusal`. */
export type Respond = (url: string, payload: Readonly<Record<string, unknown>>) => Promise<void>;

const TIMEOUT = 10_000;

/** `apiUrl` is where Slack is reached, and its own host may be answered too. */
export function createRespond(apiUrl: string | undefined): Respond {
  return async (url, payload) => {
    if (!isSlackUrl(url, apiUrl))
      throw new SlackRefusal('gone', 'foreign_url', 'The address for the answer does not belong to Slack.');
    const { response, answer } = await send(url, payload).catch((error: unknown) => {
      throw toAppError(error);
    });
    if (response.status === 429) throw limited(undefined, secondsIn(response) * 1000);
    if (response.status >= 500) throw unavailable(response.status);
    const refusal = refusalIn(answer, response);
    if (refusal) throw refusal;
  };
}

async function send(url: string, payload: object): Promise<{ readonly response: Response; readonly answer: string }> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(payload),
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT),
  });
  return { response, answer: await response.text() };
}

/** The address comes with a signed request, and is still not taken on trust. */
function isSlackUrl(text: string, apiUrl: string | undefined): boolean {
  const url = URL.parse(text);
  if (!url) return false;
  if (apiUrl && url.origin === URL.parse(apiUrl)?.origin) return true;
  return url.protocol === 'https:' && /(^|\.)slack(-gov)?\.com$/.test(url.hostname);
}

function secondsIn(response: Response): number {
  return Number(response.headers.get('retry-after') ?? Number.NaN);
}

/** Slack says `ok`, the name of an error, or either of them as JSON; anything else is the answer of something on the way. */
function refusalIn(answer: string, { ok, status }: Response): SlackRefusal | undefined {
  const text = answer.trim();
  const said = parseAnswer(text);
  if (ok && (text === '' || text === 'ok' || partOf(said, 'ok') === true)) return undefined;
  if (said !== undefined) return toRefusal(said);
  if (/^[a-z_]+$/.test(text)) return refused(text);
  if (status === 404) return refused('expired_url');
  return ok ? unreadable() : unavailable(status);
}
