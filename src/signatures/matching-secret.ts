import { type Covered, refused, type Verdict } from '../core/provider/signature.ts';

export interface Matching {
  /** What is compared, for a reason: `signature`. */
  readonly what: string;
  readonly covers: readonly Covered[];
  readonly matches: (secret: string) => boolean;
}

/** Tries every secret, so that the time taken does not tell which one matched; the first that matches counts. */
export function matchingSecret(secrets: readonly string[], { what, covers, matches }: Matching): Verdict {
  if (!secrets.some(Boolean)) return refused('the endpoint has no secret to verify with');
  const hits = secrets.map((secret) => secret !== '' && matches(secret));
  const secret = hits.indexOf(true);
  if (secret >= 0) return { ok: true, secret, covers };
  const reason =
    secrets.length === 1
      ? `the ${what} does not match the secret`
      : `the ${what} matches none of ${secrets.length} secrets`;
  return { ...refused(reason), fault: 'secret' };
}
