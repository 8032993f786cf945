import { createPublicKey, verify } from 'node:crypto';

export type InteractionHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/** The DER wrapping that turns 32 bytes into an Ed25519 public key. */
const PREFIX = Buffer.from('302a300506032b6570032100', 'hex');

/** Whether Discord itself sent these bytes. https://discord.com/developers/docs/interactions/overview#setting-up-an-endpoint-validating-security-request-headers */
export function isFromDiscord(publicKey: string, headers: InteractionHeaders, body: Buffer): boolean {
  const [signature, timestamp] = [headers['x-signature-ed25519'], headers['x-signature-timestamp']];
  if (typeof signature !== 'string' || typeof timestamp !== 'string') return false;
  if (!isPublicKey(publicKey) || !/^[0-9a-f]{128}$/i.test(signature) || !/^\d{1,16}$/.test(timestamp)) return false;
  const key = createPublicKey({
    key: Buffer.concat([PREFIX, Buffer.from(publicKey, 'hex')]),
    format: 'der',
    type: 'spki',
  });
  return verify(null, Buffer.concat([Buffer.from(timestamp), body]), key, Buffer.from(signature, 'hex'));
}

/** Whether a text can be an application's public key. */
export function isPublicKey(text: string): boolean {
  return /^[0-9a-f]{64}$/i.test(text);
}
