import type { Parsed } from '../../core/delivery/delivery.ts';
import { parseDelivery } from '../../core/delivery/parse-delivery.ts';
import type { FoundScheme, Twist } from '../../core/provider/scheme/find-scheme.ts';
import { type KeyFormName, OWN_SCHEME, type SchemeOptions } from '../../core/provider/scheme/scheme-axes.ts';
import { isPem } from '../../core/provider/secret-form.ts';
import type { SignatureContext } from '../../core/provider/signature.ts';
import { type Algorithm, keyedHash, plainHash } from '../digest.ts';
import { asBase64, asHashOf, asHex, asText, type KeyForm } from '../keys/secret-keys.ts';
import { safeEqual } from '../safe-equal.ts';
import { schemeSignature } from '../scheme/scheme-signature.ts';
import { asWhsec } from '../standard-webhooks.ts';
import type { Piece } from '../text/parts.ts';
import type { Breathe } from './breather.ts';
import { pairedSchemes, sentSecrets } from './other-ways.ts';
import { algorithmOf, type Proof, readProofs } from './read-proofs.ts';
import { bodyTwists, secretTwists } from './secret-twists.ts';
import { hashedTexts, keyedTexts, type SignedText } from './texts.ts';

export interface AxesTrial {
  readonly delivery: Parsed;
  readonly secrets: readonly string[];
  readonly url: string;
  readonly title: string;
  readonly breathe: Breathe;
}

/** Bytes that are hashed for one question, at most. */
const BUDGET = 256 * 1024 * 1024;
/** What a hash costs besides its bytes. */
const OVERHEAD = 400;

const KEYS: readonly (readonly [KeyFormName, KeyForm])[] = [
  ['text', asText],
  ['base64', asBase64],
  ['hex', asHex],
  ['whsec', asWhsec],
  ['sha256', asHashOf('sha256')],
  ['sha1', asHashOf('sha1')],
];

/** Tries what a scheme of one's own can be made of: the first that accepts the delivery, or nearly does. */
export async function tryAxes(
  trial: AxesTrial,
): Promise<{ readonly found: readonly FoundScheme[]; readonly complete: boolean }> {
  const { delivery, secrets, url, title, breathe } = trial;
  const proofs = readProofs(delivery);
  const context: SignatureContext = { url, options: {} };
  let left = BUDGET;

  const candidates = [...sentSecrets(delivery, secrets), ...pairedSchemes(delivery, secrets)];
  for (const { options, secret } of candidates) {
    const found = await confirm(options, secret);
    if (found) return { found: [found], complete: true };
  }
  const exact = await search(
    secrets.map((value, secret) => ({ value, secret })),
    delivery,
  );
  if (exact) return { found: [exact], complete: true };
  const twisted = await search(
    secrets.flatMap((value, secret) => secretTwists(value).map((each) => ({ ...each, secret }))),
    delivery,
  );
  if (twisted) return { found: [twisted], complete: true };
  for (const { twist, body } of bodyTwists(delivery.body)) {
    const { method, headers, query, receivedAt, remoteAddress } = delivery;
    const changed = parseDelivery({ method, url: delivery.url, headers, query, receivedAt, remoteAddress, body });
    const found = await search(
      secrets.map((value, secret) => ({ value, secret, twist })),
      changed,
    );
    if (found) return { found: [found], complete: true };
  }
  return { found: [], complete: left > 0 };

  /** Hashes every text with every key until one is a proof in the delivery. */
  async function search(
    tried: readonly { readonly value: string; readonly secret: number; readonly twist?: Twist }[],
    of: Parsed,
  ): Promise<FoundScheme | undefined> {
    const algorithms = [...new Set(proofs.map(algorithmOf).filter((each) => each !== undefined))];
    if (algorithms.length === 0) return undefined;
    const [keyed, hashed] = [keyedTexts(of, context), hashedTexts(of, context)];
    for (const { value, secret, twist } of tried) {
      if (isPem(value)) continue;
      for (const text of keyed) {
        const pieces = text.toPieces('');
        if (!pieces) continue;
        for (const [key, form] of KEYS) {
          if (twist && key !== 'text') continue;
          const bytes = form.toKey(value);
          if (!bytes || (key === 'whsec' && !value.includes('whsec_'))) continue;
          for (const algorithm of algorithms) {
            await pay(pieces);
            if (left <= 0) return undefined;
            const found = await match(
              keyedHash(algorithm, bytes, ...pieces),
              { text, algorithm, key },
              { secret, value, twist, of },
            );
            if (found) return found;
          }
        }
      }
      for (const text of hashed)
        for (const algorithm of algorithms) {
          const pieces = text.toPieces(value);
          if (!pieces) continue;
          await pay(pieces);
          if (left <= 0) return undefined;
          const found = await match(
            plainHash(algorithm, ...pieces),
            { text, algorithm, plain: true },
            { secret, value, twist, of },
          );
          if (found) return found;
        }
    }
    return undefined;
  }

  async function pay(pieces: readonly Piece[]): Promise<void> {
    left -= pieces.reduce((sum, { length }) => sum + length, OVERHEAD);
    await breathe();
  }

  /** The scheme of a hash that stands in the delivery. All proofs are compared, whichever of them matches. */
  async function match(
    hash: Buffer,
    { text, algorithm, key, plain }: Hashing,
    {
      secret,
      value,
      twist,
      of,
    }: { readonly secret: number; readonly value: string; readonly twist: Twist | undefined; readonly of: Parsed },
  ): Promise<FoundScheme | undefined> {
    const hits = proofs.map((proof) => safeEqual(proof.bytes, hash)).flatMap((hit, index) => (hit ? [index] : []));
    for (const index of hits) {
      const proof = proofs[index];
      const options = proof && toOptions(proof, text, { algorithm, key, plain });
      const found = options && (await confirm(options, secret, { value, twist, of }));
      if (found) return found;
    }
    return undefined;
  }

  /** Only what the scheme itself accepts counts. */
  async function confirm(
    options: SchemeOptions,
    secret: number,
    {
      value = secrets[secret] ?? '',
      twist,
      of = delivery,
    }: { readonly value?: string; readonly twist?: Twist | undefined; readonly of?: Parsed } = {},
  ): Promise<FoundScheme | undefined> {
    const verdict = await schemeSignature(options).verify(of, [value], { ...context, options });
    const off = !verdict.ok && verdict.fault === 'time' ? verdict.age : undefined;
    if (!verdict.ok && off === undefined) return undefined;
    return {
      provider: OWN_SCHEME,
      title,
      options,
      secret,
      covers: verdict.ok ? verdict.covers : ['time'],
      ...(twist && { twist }),
      ...(off !== undefined && { off }),
      likeness: 0,
    };
  }
}

interface Hashing {
  readonly text: SignedText;
  readonly algorithm: Algorithm;
  readonly key?: KeyFormName | undefined;
  readonly plain?: true | undefined;
}

/** The axes of a hash that was found; nothing where its time would stand beside another signature. */
function toOptions(
  proof: Proof,
  { options, moment }: SignedText,
  { algorithm, key = 'text', plain }: Omit<Hashing, 'text'>,
): SchemeOptions | undefined {
  const beside = moment?.beside;
  if (beside && (beside.header !== proof.options.header || beside.list !== proof.options.list || !proof.options.item))
    return undefined;
  return {
    ...(plain && { verify: 'hash' }),
    ...proof.options,
    digest: algorithm,
    encoding: proof.encoding,
    ...(key !== 'text' && { key }),
    ...options,
  };
}
