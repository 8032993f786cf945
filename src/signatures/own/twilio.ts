import type { Parsed } from '../../core/delivery/delivery.ts';
import { query } from '../../core/delivery/readers.ts';
import type { Signature, SignatureContext } from '../../core/provider/signature.ts';
import { inHeaders } from '../carriers/in-headers.ts';
import { plainHash } from '../digest.ts';
import { mac } from '../mac.ts';
import { formFields, sortedText } from '../text/form-text.ts';
import { fullUrl, type Piece } from '../text/parts.ts';

const bodyDigest = query('bodySHA256');

/**
 * The URL and, behind it, the sorted fields of a form; a body of another kind is named in the URL by its hash.
 * https://www.twilio.com/docs/usage/webhooks/webhooks-security
 */
export const twilio: Signature = mac({
  carrier: inHeaders({ header: 'x-twilio-signature' }),
  algorithm: 'sha1',
  encoding: 'base64',
  covers: ['body'],
  signed: (delivery, { context }) => textsOf(delivery, context),
});

function textsOf(delivery: Parsed, context: SignatureContext): readonly (readonly Piece[])[] {
  const fields = fieldsOf(delivery);
  return fields === undefined ? [] : spellings(fullUrl(delivery, context)).map((url) => [url, fields]);
}

function fieldsOf(delivery: Parsed): string | undefined {
  const named = bodyDigest(delivery);
  if (named !== undefined)
    return named.toLowerCase() === plainHash('sha256', delivery.body).toString('hex') ? '' : undefined;
  const fields = formFields(delivery);
  return fields && sortedText(fields);
}

/** Twilio signs an address with its port or without, whichever it takes for usual, and its query as it was or encoded anew. */
function spellings(address: string): readonly string[] {
  if (!URL.canParse(address)) return [address];
  const { protocol, hostname, port, pathname, search, searchParams } = new URL(address);
  const usual = protocol === 'http:' ? '80' : '443';
  const given = address.replace(/^\w+:\/\/[^/?]+/, '');
  const tails = [given, pathname + search, searchParams.size ? `${pathname}?${searchParams}` : pathname];
  const heads = [
    `${protocol}//${hostname}${port && `:${port}`}`,
    `${protocol}//${hostname}:${port || usual}`,
    `${protocol}//${hostname}`,
  ];
  return [...new Set([address, ...heads.flatMap((head) => tails.map((tail) => head + tail))])];
}
