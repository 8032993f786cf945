import { generateKeyPairSync, sign } from 'node:crypto';
import type { Payload } from './exchange.ts';
import type { Interactions } from './interactions.ts';

export interface Sent {
  readonly status: number;
  readonly body: string;
}

/** How Discord calls an interactions endpoint: signed with its own Ed25519 key over the time and the bytes. */
export function createOutgoing(interactions: () => Interactions) {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const publicHex = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('hex');

  function signed(body: string, timestamp = String(Math.floor(Date.now() / 1000))): Readonly<Record<string, string>> {
    const signature = sign(null, Buffer.from(timestamp + body), privateKey).toString('hex');
    return {
      'content-type': 'application/json',
      'user-agent': 'Discord-Interactions/1.0',
      'x-signature-ed25519': signature,
      'x-signature-timestamp': timestamp,
    };
  }

  async function post(url: string, body: string, headers = signed(body)): Promise<Sent> {
    const response = await fetch(url, { method: 'POST', body, headers });
    return { status: response.status, body: await response.text() };
  }

  return {
    publicHex,
    signed,
    post,
    /** Delivers an interaction; an answer in the response counts like one by REST. */
    async deliver(url: string, payload: Payload): Promise<Sent> {
      const sent = await post(url, JSON.stringify(payload));
      if (sent.status === 200) interactions().respond(payload.id, payload.token, JSON.parse(sent.body));
      return sent;
    },
    /** What Discord does before it takes an endpoint: a ping, and a ping with a wrong signature. */
    async accepts(url: string): Promise<boolean> {
      const ping = JSON.stringify({ id: '1', application_id: '1', type: 1, token: 'ping', version: 1 });
      const right = await post(url, ping);
      const wrong = await post(url, ping, { ...signed(ping), 'x-signature-ed25519': '00'.repeat(64) });
      return right.status === 200 && JSON.parse(right.body).type === 1 && wrong.status === 401;
    },
  };
}
