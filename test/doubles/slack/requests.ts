import { createHmac } from 'node:crypto';
import type { Outcome } from './outcome.ts';
import type { Json } from './workspace.ts';

/** Where an app takes requests, and the secret they are signed with. */
export interface RequestTarget {
  readonly url: string;
  readonly signingSecret: string;
}

export interface SignedRequest {
  readonly type: string;
  readonly payload: Json;
  readonly now: number;
  readonly timeout: number;
  /** How often it was sent before. */
  readonly retry?: number;
}

/** Sends a command, interaction or event as Slack posts it to a request URL. */
export async function postSigned(
  { url, signingSecret }: RequestTarget,
  { type, payload, now, timeout, retry = 0 }: SignedRequest,
): Promise<Outcome> {
  const { body, contentType } = encode(type, payload);
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': contentType,
        ...signatureOf(signingSecret, body, now),
        ...(retry > 0 && { 'x-slack-retry-num': String(retry), 'x-slack-retry-reason': 'http_timeout' }),
      },
      body,
      signal: AbortSignal.timeout(timeout),
    });
    const text = await response.text();
    if (!response.ok) return { acknowledged: false, reason: `HTTP ${response.status}` };
    return {
      acknowledged: true,
      ...(text && { payload: text.startsWith('{') ? (JSON.parse(text) as Json) : { text } }),
    };
  } catch (error) {
    return { acknowledged: false, reason: String(error) };
  }
}

/** The headers that make a request Slack's own. */
export function signatureOf(signingSecret: string, body: string, now: number) {
  const timestamp = String(Math.floor(now / 1000));
  const signature = createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${signature}` };
}

function encode(type: string, payload: Json) {
  if (type === 'events_api') return { body: JSON.stringify(payload), contentType: 'application/json' };
  const fields = type === 'slash_commands' ? (payload as Record<string, string>) : { payload: JSON.stringify(payload) };
  return { body: new URLSearchParams(fields).toString(), contentType: 'application/x-www-form-urlencoded' };
}
