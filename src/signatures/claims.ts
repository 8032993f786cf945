import { createHash } from 'node:crypto';
import type { JWTPayload } from 'jose';
import type { Parsed } from '../core/delivery/delivery.ts';
import { type Reader, textAt } from '../core/delivery/readers.ts';
import type { Covered, SignatureContext } from '../core/provider/signature.ts';
import { fullUrl } from './text/parts.ts';

/** A claim that must say something about the delivery. */
export interface ClaimRule {
  readonly claim: string;
  /** The values that are right; nothing where any will do. */
  readonly is: (delivery: Parsed, context: SignatureContext) => readonly string[] | undefined;
  /** What of the delivery it vouches for. */
  readonly covers?: Covered;
  /** Whether the claim may be missing where the body is empty. */
  readonly unlessEmpty?: true;
}

/** Why a claim is not right for a delivery; nothing where it is. */
export function checkRule(
  { claim, is, unlessEmpty }: ClaimRule,
  claims: JWTPayload,
  delivery: Parsed,
  context: SignatureContext,
): string | undefined {
  const right = is(delivery, context);
  const said = claims[claim];
  if (!right) return undefined;
  if (said === undefined && unlessEmpty && delivery.body.length === 0) return undefined;
  if ([said].flat().some((one) => typeof one !== 'object' && right.includes(String(one)))) return undefined;
  return said === undefined
    ? `the token says nothing in \`${claim}\``
    : `the token's \`${claim}\` is not that of this delivery`;
}

/** The claim holds the hash of the raw body. */
export function hashesBody(claim: string, encoding: 'hex' | 'base64' | 'base64url'): ClaimRule {
  return {
    claim,
    covers: 'body',
    is({ body }) {
      const right = createHash('sha256').update(body).digest(encoding);
      return encoding === 'base64url' ? [right, right.padEnd(Math.ceil(right.length / 4) * 4, '=')] : [right];
    },
  };
}

/** The claim names the URL that was called. */
export function namesUrl(claim: string): ClaimRule {
  return { claim, is: (delivery, context) => [fullUrl(delivery, context), context.url] };
}

/** The claim holds the hash of the URL that was called, in hex. */
export function hashesUrl(claim: string): ClaimRule {
  return {
    claim,
    is: (delivery, context) =>
      [fullUrl(delivery, context), context.url].map((text) => createHash('sha256').update(text).digest('hex')),
  };
}

/** The claim is what the endpoint's option says, where it says anything. */
export function namedBy(claim: string, option: string, toText = (value: string) => value): ClaimRule {
  return {
    claim,
    is(_delivery, { options }) {
      const value = options[option];
      return value ? [toText(value)] : undefined;
    },
  };
}

/** Reads a claim out of the token in a header, once that was verified. */
export function claimIn(header: string, claim: string): Reader {
  return ({ headers }) => {
    const value = headers[header];
    const [, token] = typeof value === 'string' ? value.split('.', 2) : [];
    return token === undefined ? undefined : textAt(parseClaims(token), claim);
  };
}

function parseClaims(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString());
  } catch {
    // What is not a token says nothing.
    return undefined;
  }
}
