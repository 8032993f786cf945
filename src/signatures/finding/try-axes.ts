import type { Parsed } from '../../core/delivery/delivery.ts';
import { parseDelivery } from '../../core/delivery/parse-delivery.ts';
import type { FoundScheme } from '../../core/provider/scheme/find-scheme.ts';
import { OWN_SCHEME, type SchemeOptions } from '../../core/provider/scheme/scheme-axes.ts';
import type { SignatureContext } from '../../core/provider/signature.ts';
import { safeEqual } from '../safe-equal.ts';
import { schemeSignature } from '../scheme/scheme-signature.ts';
import type { Breathe } from './breather.ts';
import { type Attempt, hashAttempts, type TriedSecret } from './hash-attempts.ts';
import { pairedSchemes, sentSecrets } from './other-ways.ts';
import { algorithmOf, type Proof, readProofs } from './read-proofs.ts';
import { bodyTwists, secretTwists } from './secret-twists.ts';
import { hashedTexts, keyedTexts } from './texts.ts';

export interface AxesTrial {
  readonly delivery: Parsed;
  readonly secrets: readonly string[];
  readonly url: string;
  readonly title: string;
  /** Whether to look for what is nearest too, where nothing matches. */
  readonly thorough: boolean;
  readonly breathe: Breathe;
}

export interface AxesOutcome {
  readonly found: readonly FoundScheme[];
  readonly complete: boolean;
}

/** Bytes that are hashed for one question, at most. */
const BUDGET = 256 * 1024 * 1024;
/** What a hash costs besides its bytes, as so many of them. */
const OVERHEAD = 1_000;
/** Hashes between two looks at the time. */
const ROUND = 32;

/** Tries what a scheme of one's own can be made of: the first that accepts the delivery, or nearly does. */
export async function tryAxes(trial: AxesTrial): Promise<AxesOutcome> {
  const { delivery, secrets, url, title, thorough, breathe } = trial;
  const proofs = readProofs(delivery);
  const algorithms = [...new Set(proofs.map(algorithmOf).filter((each) => each !== undefined))];
  const context: SignatureContext = { url, options: {} };
  const known = secrets.map((value, secret): TriedSecret => ({ value, secret }));
  let left = BUDGET;
  let round = 0;

  for (const { options, secret } of [...sentSecrets(delivery, secrets), ...pairedSchemes(delivery, secrets)]) {
    await breathe();
    const found = await confirm(options, { value: secrets[secret] ?? '', secret }, delivery);
    if (found) return { found: [found], complete: true };
  }
  for (const { tried, of } of searches()) {
    const found = await search(tried, of);
    if (found) return { found: [found], complete: true };
  }
  return { found: [], complete: left > 0 };

  /** The secrets as they are, then as they may have become, then with the body as it may have been. */
  function* searches(): Generator<{ readonly tried: readonly TriedSecret[]; readonly of: Parsed }> {
    yield { tried: known, of: delivery };
    if (!thorough) return;
    yield {
      tried: known.flatMap(({ value, secret }) => secretTwists(value).map((each) => ({ ...each, secret }))),
      of: delivery,
    };
    for (const { twist, body } of bodyTwists(delivery.body))
      yield { tried: known.map((each) => ({ ...each, twist })), of: withBody(delivery, body) };
  }

  /** Hashes until a hash is a proof in the delivery. */
  async function search(tried: readonly TriedSecret[], of: Parsed): Promise<FoundScheme | undefined> {
    if (algorithms.length === 0) return undefined;
    const texts = { keyed: keyedTexts(of, context), hashed: hashedTexts(of, context) };
    for (const attempt of hashAttempts({ secrets: tried, ...texts, algorithms })) {
      left -= attempt.size + OVERHEAD;
      if (left <= 0) return undefined;
      round = (round + 1) % ROUND;
      if (round === 0 || attempt.size > 100_000) await breathe();
      const hash = attempt.hash();
      // All proofs are compared, whichever of them matches, and each in constant time.
      const hits = proofs.map(({ bytes }) => safeEqual(bytes, hash));
      if (!hits.includes(true)) continue;
      for (const proof of proofs.filter((_, index) => hits[index])) {
        const options = toOptions(proof, attempt);
        const found = options && (await confirm(options, attempt.tried, of));
        if (found) return found;
      }
    }
    return undefined;
  }

  /** Only what the scheme itself accepts counts. */
  async function confirm(
    options: SchemeOptions,
    { value, secret, twist }: TriedSecret,
    of: Parsed,
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

function withBody({ method, url, headers, query, receivedAt, remoteAddress }: Parsed, body: Buffer): Parsed {
  return parseDelivery({ method, url, headers, query, receivedAt, remoteAddress, body });
}

/** The axes of a hash that was found; nothing where its time would stand beside another signature. */
function toOptions(proof: Proof, { text: { options, moment }, algorithm, key }: Attempt): SchemeOptions | undefined {
  const beside = moment?.beside;
  if (beside && (beside.header !== proof.options.header || beside.list !== proof.options.list || !proof.options.item))
    return undefined;
  return {
    ...(!key && { verify: 'hash' }),
    ...proof.options,
    digest: algorithm,
    encoding: proof.encoding,
    ...(key && key !== 'text' && { key }),
    ...options,
  };
}
