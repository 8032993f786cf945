import { refused, type Verdict } from '../core/provider/signature.ts';

/** Tries every secret, so that the time taken does not tell which one matched; the first that matches counts. */
export function matchingSecret(
  secrets: readonly string[],
  what: string,
  matches: (secret: string) => boolean,
): Verdict {
  if (!secrets.some(Boolean)) return refused('the endpoint has no secret to verify with');
  const hits = secrets.map((secret) => secret !== '' && matches(secret));
  const secret = hits.indexOf(true);
  if (secret >= 0) return { ok: true, secret };
  return refused(
    secrets.length === 1
      ? `the ${what} does not match the secret`
      : `the ${what} matches none of ${secrets.length} secrets`,
  );
}
