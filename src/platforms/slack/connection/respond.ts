import { limited, refused, SlackRefusal, toAppError } from './to-app-error.ts';
import { textOf } from './web-calls.ts';

/** Answers an interaction through the address that came with it. Throws `SlackRefusal`. */
export type Respond = (url: string, payload: Readonly<Record<string, unknown>>) => Promise<void>;

const TIMEOUT = 10_000;

/** `apiUrl` is where Slack is reached, and its own host may be answered too. */
export function createRespond(apiUrl: string | undefined): Respond {
  return async (url, payload) => {
    if (!isSlackUrl(url, apiUrl))
      throw new SlackRefusal('gone', 'foreign_url', 'The address to answer is none of Slack’s.');
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(payload),
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT),
    }).catch((error: unknown) => {
      throw toAppError(error);
    });
    const answer = await response.text().catch(() => '');
    const error = errorIn(answer);
    if (response.ok && !error) return;
    if (response.status === 429) throw limited(undefined, Number(response.headers.get('retry-after') ?? 1) * 1000);
    if (response.status >= 500) throw refused('service_unavailable');
    throw refused(error ?? (response.status === 404 ? 'expired_url' : 'invalid_blocks'));
  };
}

/** The address comes with a signed request, and is still not taken on trust. */
function isSlackUrl(text: string, apiUrl: string | undefined): boolean {
  const url = URL.parse(text);
  if (!url) return false;
  if (apiUrl && url.origin === URL.parse(apiUrl)?.origin) return true;
  return url.protocol === 'https:' && /(^|\.)slack(-gov)?\.com$/.test(url.hostname);
}

function errorIn(answer: string): string | undefined {
  if (/^[a-z_]+$/.test(answer)) return answer === 'ok' ? undefined : answer;
  try {
    return textOf(JSON.parse(answer), 'error');
  } catch {
    return undefined;
  }
}
