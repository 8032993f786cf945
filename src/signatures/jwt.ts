import { createHash, createPublicKey, type KeyObject, sign as signBytes } from 'node:crypto';
import { errors, type JWTPayload, type JWTVerifyOptions, jwtVerify } from 'jose';
import type { Parsed } from '../core/delivery/delivery.ts';
import type { FetchPublished, PublishedRequest } from '../core/provider/fetch-published.ts';
import { isAddress, isPem, type SecretForm } from '../core/provider/secret-form.ts';
import { refused, type Signature, type SignatureContext, type Verdict } from '../core/provider/signature.ts';
import type { HeaderNames } from './carriers/in-headers.ts';
import { type ClaimRule, checkRule } from './claims.ts';
import { type Algorithm, keyedHash } from './digest.ts';
import { whileFresh } from './freshness.ts';
import { privateKey } from './public-key.ts';
import { keysFor } from './published/key-set.ts';
import { unfetched } from './published/unfetched.ts';
import { readHeader } from './read-header.ts';

const HASHED = ['HS256', 'HS384', 'HS512'] as const;
const PAIRED = ['RS256', 'RS384', 'RS512', 'ES256', 'ES384', 'ES512'] as const;
export type JwtAlgorithm = (typeof HASHED)[number] | (typeof PAIRED)[number];

export interface JwtOptions {
  /** Where the token stands; it is the whole body when left out. */
  readonly header?: HeaderNames;
  /** Must be there, in any case, such as `Bearer `. */
  readonly prefix?: string;
  /** The algorithms that count, whatever the token says of itself. */
  readonly algorithms: readonly [JwtAlgorithm, ...JwtAlgorithm[]];
  readonly issuer?: string | readonly string[];
  readonly rules?: readonly ClaimRule[];
  /** Seconds by which clocks may differ; 300 when left out. */
  readonly tolerance?: number;
  /** The claim that must be there for the time: `exp` has its own end, `iat` counts for the tolerance. */
  readonly dated?: 'exp' | 'iat';
  /** What tokens of our own call their key, where a sender’s have to. */
  readonly keyId?: string;
  /** Where the sender publishes its keys; nothing where the endpoint's secrets are the keys, as they are when it is left out. */
  readonly published?: (context: SignatureContext) => Omit<PublishedRequest, 'keep'> | undefined;
}

/** A token in JSON, signed, beside the body or in its place: https://www.rfc-editor.org/rfc/rfc7519 */
export function jwt(options: JwtOptions): Signature {
  const { header, prefix = '', algorithms, rules = [] } = options;
  const covers = header === undefined ? (['body'] as const) : rules.flatMap((rule) => rule.covers ?? []);
  return {
    kind: `a signed token (JWT, ${algorithms.join(', ')})`,
    secretForm: () => formOf(algorithms),
    async verify(delivery, secrets, context) {
      const token = readToken(delivery, options);
      if (!token.ok) return refused(token.reason);
      const where = options.published?.(context);
      const outcome = where
        ? await tryPublished(token.value, delivery, options, { where, fetch: context.fetch })
        : await tryAll(token.value, delivery, secrets, options);
      if (!outcome.ok) return outcome.verdict;
      const { claims, secret } = outcome;
      for (const rule of rules) {
        const problem = checkRule(rule, claims, delivery, context);
        if (problem) return refused(problem);
      }
      const verdict: Verdict = {
        ok: true,
        covers,
        ...(secret !== undefined && { secret }),
        ...(header === undefined && { inner: Buffer.from(JSON.stringify(claims)) }),
      };
      if (options.dated !== 'iat') return verdict;
      if (typeof claims.iat !== 'number') return refused('the token says nothing in `iat`');
      const signedAt = new Date(claims.iat * 1000);
      const tolerance = options.tolerance ?? 300;
      return whileFresh(
        { ...verdict, covers: ['time', ...covers] },
        { signedAt, receivedAt: delivery.receivedAt, tolerance },
      );
    },
    sign(delivery, secret, context) {
      if (header === undefined) return {};
      return {
        [typeof header === 'string' ? header : header[0]]: prefix + toToken(claimsFor(delivery, context), secret),
      };
    },
    ...(header === undefined && {
      seal: (delivery, secret) => Buffer.from(toToken(claimsFor(delivery, undefined), secret)),
    }),
  };

  function claimsFor(delivery: Parsed, context: SignatureContext | undefined): Record<string, unknown> {
    const now = Math.floor(delivery.receivedAt.getTime() / 1000);
    const said = context
      ? rules.flatMap((rule) => {
          const [right] = rule.is(delivery, context) ?? [];
          return right === undefined ? [] : [[rule.claim, right] as const];
        })
      : Object.entries(typeof delivery.payload === 'object' ? { ...delivery.payload } : {});
    const issuer = typeof options.issuer === 'string' ? options.issuer : options.issuer?.[0];
    return {
      ...Object.fromEntries(said),
      ...(issuer && { iss: issuer }),
      iat: now,
      jti: createHash('sha256').update(delivery.body).digest('hex').slice(0, 32),
      ...(options.dated === 'exp' && { exp: now + 300, nbf: now }),
    };
  }

  function toToken(claims: object, secret: string): string {
    const [first] = algorithms;
    const algorithm = isPem(secret) ? (algorithms.find((each) => !each.startsWith('HS')) ?? first) : first;
    const text = [{ alg: algorithm, typ: 'JWT', ...(options.keyId && { kid: options.keyId }) }, claims]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    const hash = `sha${algorithm.slice(2)}`;
    const proof = algorithm.startsWith('HS')
      ? keyedHash(hash as Algorithm, secret, text)
      : signBytes(hash, Buffer.from(text), { key: privateKey(secret), dsaEncoding: 'ieee-p1363' });
    return `${text}.${proof.toString('base64url')}`;
  }
}

type Outcome =
  | { readonly ok: true; readonly claims: JWTPayload; readonly secret?: number }
  | { readonly ok: false; readonly verdict: Extract<Verdict, { ok: false }> };

function readToken(
  delivery: Parsed,
  { header, prefix = '' }: JwtOptions,
): { readonly ok: true; readonly value: string } | { readonly ok: false; readonly reason: string } {
  if (header === undefined) {
    const text = delivery.body.toString('latin1').trim();
    return /^[\w-]+\.[\w-]+\.[\w-]+$/.test(text)
      ? { ok: true, value: text }
      : { ok: false, reason: 'the body is not a token' };
  }
  const found = readHeader(delivery.headers, ...[header].flat());
  if (!found.ok) return found;
  if (found.value.slice(0, prefix.length).toLowerCase() !== prefix.toLowerCase())
    return { ok: false, reason: `the \`${found.name}\` header does not start with \`${prefix.trim()}\`` };
  const value = found.value.slice(prefix.length);
  if (!/^[\w-]+\.[\w-]+\.[\w-]+$/.test(value))
    return { ok: false, reason: `the \`${found.name}\` header holds no token` };
  return { ok: true, value };
}

/** Tries every secret; what is wrong with the token itself is said only where a secret matched. */
async function tryAll(
  token: string,
  delivery: Parsed,
  secrets: readonly string[],
  options: JwtOptions,
): Promise<Outcome> {
  if (!secrets.some(Boolean)) return { ok: false, verdict: refused('the endpoint has no secret to verify with') };
  let telling: Outcome | undefined;
  for (const [index, secret] of secrets.entries()) {
    const key = toKey(secret, options.algorithms);
    if (!key) continue;
    const outcome = await attempt(token, delivery, { ...options, algorithms: key.algorithms }, key.key);
    if (outcome.ok) return { ...outcome, secret: index };
    if (outcome.verdict.reason !== MISMATCH) telling = outcome;
  }
  const none =
    secrets.length === 1
      ? 'the token does not match the secret'
      : `the token matches none of ${secrets.length} secrets`;
  return telling ?? { ok: false, verdict: { ...refused(none), fault: 'secret' } };
}

const MISMATCH = 'the token matches no key';

/** How old a set of keys may be, in seconds: as a rule, and where a token names a key that is not in it. */
const USUAL = 3_600;
const LATEST = 60;

async function tryPublished(
  token: string,
  delivery: Parsed,
  options: JwtOptions,
  { where, fetch }: { readonly where: Omit<PublishedRequest, 'keep'>; readonly fetch: FetchPublished | undefined },
): Promise<Outcome> {
  if (!fetch) return { ok: false, verdict: refused('nothing may be fetched here, so its keys are not known') };
  const unmatched: Outcome = { ok: false, verdict: refused('the token matches none of the keys that are published') };
  let outcome = unmatched;
  let before: string | undefined;
  for (const keep of [USUAL, LATEST]) {
    let text: string;
    try {
      text = await fetch({ ...where, keep });
    } catch (error) {
      return { ok: false, verdict: unfetched(error) };
    }
    if (text === before) break;
    before = text;
    for (const key of keysFor(token, text)) {
      const tried = await attempt(token, delivery, options, key);
      if (tried.ok) return tried;
      if (tried.verdict.reason !== MISMATCH) outcome = tried;
    }
    if (outcome !== unmatched) break;
  }
  return outcome;
}

async function attempt(
  token: string,
  delivery: Parsed,
  { algorithms, issuer, tolerance = 300, dated }: JwtOptions,
  key: Uint8Array | KeyObject,
): Promise<Outcome> {
  const rules: JWTVerifyOptions = {
    algorithms: [...algorithms],
    clockTolerance: tolerance,
    currentDate: delivery.receivedAt,
    ...(issuer && { issuer: [issuer].flat() }),
    ...(dated && { requiredClaims: [dated] }),
  };
  try {
    const { payload } = await jwtVerify(token, key, rules);
    return { ok: true, claims: payload };
  } catch (error) {
    return { ok: false, verdict: refused(toReason(error)) };
  }
}

function toReason(error: unknown): string {
  if (error instanceof errors.JWTExpired) return 'the token has expired';
  if (error instanceof errors.JWTClaimValidationFailed)
    return `the token's \`${error.claim}\` is ${error.reason === 'missing' ? 'missing' : 'not the one expected'}`;
  if (error instanceof errors.JOSEAlgNotAllowed) return 'the token is signed in a way that does not count here';
  return MISMATCH;
}

/** A secret is the key of a hash, or a public key in PEM: never one where the other is meant. */
function toKey(secret: string, algorithms: JwtOptions['algorithms']) {
  const [pem, allowed] = [isPem(secret), algorithms.filter((each) => each.startsWith('HS') !== isPem(secret))];
  const [first, ...more] = allowed;
  if (!secret || !first) return undefined;
  if (!pem) return { key: new TextEncoder().encode(secret), algorithms: [first, ...more] as const };
  try {
    return { key: createPublicKey(secret.replaceAll('\\n', '\n')), algorithms: [first, ...more] as const };
  } catch {
    // What does not parse is not a key.
    return undefined;
  }
}

function formOf(algorithms: JwtOptions['algorithms']): SecretForm {
  const [hashed, paired] = [
    algorithms.some((each) => each.startsWith('HS')),
    algorithms.some((each) => !each.startsWith('HS')),
  ];
  return {
    expected: [hashed && 'the signing secret alone', paired && 'a public key in PEM'].filter(Boolean).join(', or '),
    fits: (secret) => !isAddress(secret) && toKey(secret, algorithms) !== undefined,
  };
}
