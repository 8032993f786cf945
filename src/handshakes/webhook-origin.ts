import type { Handshake } from '../core/provider/handshake.ts';

const ORIGIN = 'webhook-request-origin';
const RATE = 'webhook-request-rate';

/**
 * A sender that asks by `OPTIONS` whether it may deliver, and how much:
 * https://github.com/cloudevents/spec/blob/main/cloudevents/http-webhook.md#4-abuse-protection
 */
export const webhookOrigin: Handshake = {
  answer({ method, headers }) {
    const origin = headers[ORIGIN];
    if (method !== 'OPTIONS' || typeof origin !== 'string' || !/^[\w.:-]{1,253}$/.test(origin)) return undefined;
    const rate: Record<string, string> = headers[RATE] === undefined ? {} : { 'webhook-allowed-rate': '*' };
    return { status: 200, headers: { 'webhook-allowed-origin': origin, ...rate, allow: 'POST, OPTIONS' }, body: '' };
  },
};
