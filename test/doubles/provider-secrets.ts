import { randomBytes } from 'node:crypto';
import { type Provider, secretOrigin } from '../../src/core/provider/provider.ts';
import { anyText } from '../../src/core/provider/secret-form.ts';
import { bare, der, ec, ed, otherEc, otherEd, otherRsa, rsa, type TestKeys } from './test-keys.ts';

/** What an endpoint knows, what its sender signs with, and what somebody else would be known by. */
export interface Secrets {
  readonly known: string;
  readonly signing: string;
  readonly other: string;
}

const same = (known: string, other: string): Secrets => ({ known, signing: known, other });
const pair = (mine: TestKeys, others: TestKeys, write: (keys: TestKeys) => string): Secrets => ({
  known: write(mine),
  signing: mine.privatePem,
  other: write(others),
});
const random = () => randomBytes(32);

/** Secrets in every form: a provider is tried with the first that has its own. */
const SECRETS: readonly Secrets[] = [
  same(random().toString('hex'), random().toString('hex')),
  same(`whsec_${random().toString('base64')}`, `whsec_${random().toString('base64')}`),
  same('client1:secret1', 'client1:secret2'),
  same('token-1:client1:secret1', 'token-1:client1:secret2'),
  same('client1&secret1', 'client1&secret2'),
  pair(ed, otherEd, (keys) => bare(keys, 'hex')),
  pair(ed, otherEd, (keys) => bare(keys, 'base64')),
  pair(ec, otherEc, der),
  pair(rsa, otherRsa, ({ publicPem }) => publicPem),
  pair(ec, otherEc, ({ publicPem }) => publicPem),
  pair(ed, otherEd, ({ publicPem }) => publicPem),
];
/** Those whose key is not the only thing that is told. */
const OWN_SECRETS: Readonly<Record<string, Secrets>> = {
  'adobe-io-events': { known: 'client-1', signing: rsa.privatePem, other: 'client-2' },
  discord: pair(ed, otherEd, (keys) => bare(keys, 'hex')),
  ebay: { known: 'token-1:client:secret', signing: ec.privatePem, other: 'none:client:wrong' },
  keygen: pair(ed, otherEd, (keys) => bare(keys, 'hex')),
  paypal: { known: 'WEBHOOK1ID', signing: `WEBHOOK1ID ${rsa.privatePem}`, other: 'WEBHOOK2ID' },
  plaid: { known: 'client:secret', signing: ec.privatePem, other: 'client:wrong' },
  telnyx: pair(ed, otherEd, (keys) => bare(keys, 'base64')),
};

/** Secrets in the form that a provider wants; nothing where it has none. */
export function secretsOf(
  name: string,
  provider: Provider,
  options: Readonly<Record<string, string>> = {},
): Secrets | undefined {
  if (secretOrigin(provider, options) === 'none') return undefined;
  const form = provider.signature.secretForm?.(options) ?? anyText;
  const secrets = OWN_SECRETS[name] ?? SECRETS.find(({ known }) => form.fits(known));
  if (!secrets) throw new Error(`no secret has the form of ${name}: ${form.expected}`);
  return secrets;
}
