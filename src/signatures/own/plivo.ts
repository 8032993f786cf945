import type { Parsed } from '../../core/delivery/delivery.ts';
import { header } from '../../core/delivery/readers.ts';
import type { Signature, SignatureContext } from '../../core/provider/signature.ts';
import { inHeaders } from '../carriers/in-headers.ts';
import { mac } from '../mac.ts';
import { byCode, formFields } from '../text/form-text.ts';
import { fullUrl, type Piece } from '../text/parts.ts';

const NONCE = 'x-plivo-signature-v3-nonce';
const nonce = header(NONCE);

const signed = mac({
  carrier: inHeaders({ header: ['x-plivo-signature-v3', 'x-plivo-signature-ma-v3'], list: true, every: true }),
  encoding: 'base64',
  covers: ['body'],
  signed: (delivery, { context }) => textOf(delivery, context),
});

/** The URL with its sorted query, the sorted fields of the form, and a number used once: https://www.plivo.com/docs/voice/concepts/signature-validation */
export const plivo: Signature = {
  ...signed,
  sign(delivery, secret, context) {
    const once = nonce(delivery) ?? '12345678901234567890';
    const proof = signed.sign({ ...delivery, headers: { ...delivery.headers, [NONCE]: once } }, secret, context);
    return { [NONCE]: once, ...proof };
  },
};

function textOf(delivery: Parsed, context: SignatureContext): readonly (readonly Piece[])[] {
  const [once, fields] = [nonce(delivery), formFields(delivery)];
  const address = fullUrl(delivery, context);
  if (once === undefined || !fields || !URL.canParse(address)) return [];
  const { protocol, host, pathname, searchParams } = new URL(address);
  const base = `${protocol}//${host}${pathname}`;
  const query = sorted([...searchParams], '=', '&');
  const form = delivery.method === 'GET' ? '' : sorted(fields, '', '');
  const behind = query || form ? `?${query}` : '';
  return [[`${base}${behind}${query && form ? '.' : ''}${form}.${once}`]];
}

function sorted(fields: readonly (readonly [string, string])[], between: string, separator: string): string {
  return fields
    .toSorted(([a, x], [b, y]) => byCode(a, b) || byCode(x, y))
    .map(([name, value]) => name + between + value)
    .join(separator);
}
