import type { Delivery } from './delivery.ts';

export interface Decoded {
  readonly text: string;
  readonly problem?: string;
}

const BEGINNING = 200;
/** Charsets whose decoders are kept. */
const DECODERS = 20;

/** A body as text, in the encoding that its headers, its byte order mark or its XML declaration name; UTF-8 where none does. */
export function decodeBody(delivery: Pick<Delivery, 'headers' | 'body'>): Decoded {
  const charset = charsetOf(delivery);
  try {
    return { text: decoderOf(charset).decode(delivery.body) };
  } catch (error) {
    // It may still hold the beginning of a character.
    decoders.delete(charset);
    const known = !(error instanceof RangeError);
    const problem = known
      ? `The body is not valid ${charset.toUpperCase()}.`
      : `The charset \`${charset}\` is not known.`;
    return { text: new TextDecoder().decode(delivery.body), problem };
  }
}

/** Each is as good for the next body, and making one costs more than decoding most of them. */
const decoders = new Map<string, Decoder>();
type Decoder = InstanceType<typeof TextDecoder>;

function decoderOf(charset: string): Decoder {
  const known = decoders.get(charset) ?? new TextDecoder(charset, { fatal: true });
  if (decoders.size < DECODERS) decoders.set(charset, known);
  return known;
}

export function charsetOf({ headers, body }: Pick<Delivery, 'headers' | 'body'>): string {
  const declared = headers['content-type'];
  const named = typeof declared === 'string' && /;\s*charset\s*=\s*"?([^\s";]{1,40})/i.exec(declared)?.[1];
  if (named) return named;
  if (body[0] === 0xff && body[1] === 0xfe) return 'utf-16le';
  if (body[0] === 0xfe && body[1] === 0xff) return 'utf-16be';
  if (body[0] !== 0x3c) return 'utf-8';
  const [, inside] =
    /^<\?xml\s[^>]*\bencoding\s*=\s*["']([\w.:-]{1,40})["']/.exec(body.toString('latin1', 0, BEGINNING)) ?? [];
  // Whoever can be read so far has not written it in two bytes a character, whatever it says.
  return inside && !/^utf-?16/i.test(inside) ? inside : 'utf-8';
}
