import type { ClaimRule } from '../claims.ts';
import { plainHash } from '../digest.ts';
import { byCode } from '../text/form-text.ts';
import { fullUrl } from '../text/parts.ts';

/** The claim `qsh` holds the hash of method, path and sorted query: https://developer.atlassian.com/cloud/jira/platform/understanding-jwt-for-connect-apps/#qsh */
export const jiraQuery: ClaimRule = {
  claim: 'qsh',
  is: (delivery, context) => [queryHash(delivery.method, fullUrl(delivery, context))],
};

/** The hash for an address. */
export function queryHash(method: string, address: string): string {
  const { pathname, searchParams } = URL.canParse(address)
    ? new URL(address)
    : { pathname: '/', searchParams: new URLSearchParams() };
  const values = new Map<string, string[]>();
  for (const [name, value] of searchParams)
    if (name !== 'jwt') values.set(encode(name), [...(values.get(encode(name)) ?? []), encode(value)]);
  const query = [...values]
    .toSorted(([a], [b]) => byCode(a, b))
    .map(([name, each]) => `${name}=${each.toSorted(byCode).join(',')}`)
    .join('&');
  return plainHash('sha256', `${method}&${pathname}&${query}`).toString('hex');
}

/** As RFC 3986 has it, which is stricter than what browsers do. */
function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(
    /[!'()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
