import { escape as escapeQuery } from 'node:querystring';
import type { Parsed } from '../../core/delivery/delivery.ts';
import type { Signature, SignatureContext } from '../../core/provider/signature.ts';
import { inHeaders } from '../carriers/in-headers.ts';
import { mac } from '../mac.ts';
import { byCode } from '../text/form-text.ts';
import { fullUrl, type Piece } from '../text/parts.ts';

const LISTED = 'x-contentful-signed-headers';
const TIME = 'x-contentful-timestamp';
const MOST_HEADERS = 50;
const LONGEST = 8192;

const signed = mac({
  carrier: inHeaders({ header: 'x-contentful-signature' }),
  covers: ['body', 'time'],
  time: { in: { header: TIME }, unit: 'milliseconds', tolerance: 30 },
  signed: (delivery, { context }) => textOf(delivery, context),
});

/**
 * Method, path, the headers that the delivery lists, and the body:
 * https://www.contentful.com/developers/docs/extensibility/app-framework/request-verification/
 */
export const contentful: Signature = {
  ...signed,
  sign(delivery, secret, context) {
    const headers = { [LISTED]: `${LISTED},${TIME}` };
    return {
      ...headers,
      ...signed.sign({ ...delivery, headers: { ...delivery.headers, ...headers } }, secret, context),
    };
  },
};

function textOf(delivery: Parsed, context: SignatureContext): readonly (readonly Piece[])[] {
  const listed = delivery.headers[LISTED];
  const names = (typeof listed === 'string' && listed.length < LONGEST ? listed : '')
    .split(',', MOST_HEADERS + 1)
    .map((name) => name.trim().toLowerCase());
  // A time that is not signed could be written by anybody.
  if (names.length > MOST_HEADERS || !names.includes(TIME)) return [];
  const lines = names.toSorted(byCode).map((name) => {
    const value = delivery.headers[name];
    return typeof value === 'string' ? `${name}:${value.trim()}` : undefined;
  });
  if (lines.includes(undefined)) return [];
  return [[delivery.method, '\n', pathOf(fullUrl(delivery, context)), '\n', lines.join(';'), '\n', delivery.body]];
}

function pathOf(address: string): string {
  if (!URL.canParse(address)) return '';
  const { pathname, search } = new URL(address);
  return encodeURI(search ? `${pathname}?${escapeQuery(search.slice(1))}` : pathname);
}
