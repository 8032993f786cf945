import type { Parsed } from '../../core/delivery/delivery.ts';
import type { SchemeOptions } from '../../core/provider/scheme/scheme-axes.ts';
import type { SignatureContext } from '../../core/provider/signature.ts';
import { parseMessage } from '../scheme/message.ts';
import { type Part, secret, toPieces } from '../text/parts.ts';
import { type Moment, readIds, readMoments } from './read-moments.ts';

/** A text that a sender may have signed, and the axes that make it. */
export interface SignedText {
  readonly options: SchemeOptions;
  readonly moment?: Moment;
  /** Puts the text together; nothing where the delivery lacks a part of it. */
  readonly toBytes: (secretText: string) => Buffer | undefined;
}

const SEPARATORS = ['.', ':', '', '\\n', '|', '-', '_', ';', ',', '+', ' '];
const PLAIN = [
  '{body}',
  '{url}{body}',
  '{url}',
  '{url}{form}',
  '{method}{url}{body}',
  '{method}{path}{body}',
  '{method}\\n{path}\\n{body}',
  '{path}{body}',
  '{body}{url}',
  '{form}',
  '{body-sha256}',
  '{body-sha1}',
];
const TIMED = [
  'v0:{time}:{body}',
  'v1:{time}:{body}',
  'v1.{time}.{body}',
  '{time}{url}{body}',
  '{time}{method}{path}{body}',
  '{method}{path}{time}{body}',
  '{method}{url}{body}{time}',
  '{url}{time}{body}',
  '{method}\\n{path}\\n{time}\\n{body}',
  '{time}.{body-sha256}',
  '{time}{body-sha256}',
  '{time}',
];
const HASHED = {
  plain: ['{secret}{body}', '{body}{secret}', '{secret}.{body}', '{secret}:{body}'],
  timed: [
    '{secret}{time}{body}',
    '{body}{time}{secret}',
    '{time}{secret}{body}',
    '{time}{body}{secret}',
    '{time}{secret}',
    '{secret}{time}',
  ],
};

/** The texts that a keyed hash may cover, the likeliest first. */
export function keyedTexts(delivery: Parsed, context: SignatureContext): readonly SignedText[] {
  const moments = readMoments(delivery);
  const ids = readIds(delivery);
  const timed = [...SEPARATORS.flatMap((by) => [`{time}${by}{body}`, `{body}${by}{time}`]), ...TIMED];
  const named = SEPARATORS.slice(0, 5).flatMap((by) => [`{id}${by}{body}`, `{body}${by}{id}`]);
  const both = SEPARATORS.slice(0, 5).flatMap((by) => [
    `{id}${by}{time}${by}{body}`,
    `{time}${by}{id}${by}{body}`,
    `{time}${by}{body}${by}{id}`,
    `{time}${by}{id}`,
  ]);
  return [
    ...PLAIN.map((message) => toText(message, {})),
    ...timed.flatMap((message) => moments.map((moment) => toText(message, { moment }))),
    ...ids.flatMap((id) => [
      ...both.flatMap((message) => moments.map((moment) => toText(message, { moment, id }))),
      ...named.map((message) => toText(message, { id })),
    ]),
  ];

  function toText(message: string, more: Placed): SignedText {
    return toSignedText(message, more, delivery, context);
  }
}

/** The texts that a plain hash may cover, with the secret in them. */
export function hashedTexts(delivery: Parsed, context: SignatureContext): readonly SignedText[] {
  const moments = readMoments(delivery);
  return [
    ...HASHED.plain.map((message) => toSignedText(message, {}, delivery, context)),
    ...HASHED.timed.flatMap((message) => moments.map((moment) => toSignedText(message, { moment }, delivery, context))),
  ];
}

interface Placed {
  readonly moment?: Moment;
  readonly id?: string;
}

function toSignedText(
  message: string,
  { moment, id }: Placed,
  delivery: Parsed,
  context: SignatureContext,
): SignedText {
  const parts: readonly Part[] = parseMessage(message, id) ?? [];
  const options = {
    ...(message !== '{body}' && { message }),
    ...(id && { id }),
    ...moment?.options,
  };
  return {
    options,
    ...(moment && { moment }),
    toBytes(secretText) {
      const pieces = toPieces(
        parts.map((part) => (part === secret ? secretText : part)),
        delivery,
        { time: moment?.text, context },
      );
      return pieces && Buffer.concat(pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : piece)));
    },
  };
}
