import type { OptionProblem } from '../../core/provider/provider.ts';
import type { KeyFormName, SchemeOptions, Way } from '../../core/provider/scheme/scheme-axes.ts';
import { refused, type Signature } from '../../core/provider/signature.ts';
import { basic } from '../basic.ts';
import type { Carrier } from '../carriers/carrier.ts';
import { inFields } from '../carriers/in-fields.ts';
import { inHeaders } from '../carriers/in-headers.ts';
import { inPayload } from '../carriers/in-payload.ts';
import { inQuery } from '../carriers/in-query.ts';
import { hashesBody } from '../claims.ts';
import { algorithms, type Encoding, encodings } from '../digest.ts';
import type { TimeUnit } from '../freshness.ts';
import { type JwtAlgorithm, jwt } from '../jwt.ts';
import { asBareKey, asDer, asPem, type PublicKeyForm } from '../keys/public-keys.ts';
import { asBase64, asHashOf, asHex, asText, type KeyForm } from '../keys/secret-keys.ts';
import { mac, type SignedTime } from '../mac.ts';
import { type KeyKind, publicKey } from '../public-key.ts';
import { asWhsec } from '../standard-webhooks.ts';
import { token } from '../token.ts';
import { tokenInPayload, tokenInQuery } from '../token-in-payload.ts';
import { parseMessage } from './message.ts';

/** The keys of hashes, and those that are one half of a pair. */
const HASH_KEYS: Readonly<Partial<Record<KeyFormName, KeyForm>>> = {
  text: asText,
  base64: asBase64,
  hex: asHex,
  whsec: asWhsec,
  sha1: asHashOf('sha1'),
  sha256: asHashOf('sha256'),
};
const PUBLIC_KEYS: Readonly<Partial<Record<KeyFormName, PublicKeyForm>>> = {
  pem: asPem,
  der: asDer,
  hex: asBareKey('hex'),
  base64: asBareKey('base64'),
};

const SEPARATORS: Readonly<Record<string, ',' | ' ' | ';' | '&'>> = {
  comma: ',',
  space: ' ',
  semicolon: ';',
  ampersand: '&',
};

const PAIRED: Readonly<Partial<Record<Way, KeyKind>>> = {
  ed25519: 'ed25519',
  'ecdsa-sha256': 'ecdsa-sha256',
  'rsa-sha256': 'rsa-sha256',
  'rsa-sha1': 'rsa-sha1',
};

export const usesKeyPair = ({ verify = '', algorithm = '' }: SchemeOptions): boolean =>
  Object.hasOwn(PAIRED, verify) || (verify === 'jwt' && /^[RE]S/.test(algorithm));

/** The scheme that an endpoint's options make. Options that make none refuse every delivery and say which of them is wrong. */
export function schemeSignature(options: SchemeOptions): Signature {
  const made = toSignature(options);
  return 'message' in made ? unusable(made) : made;
}

/** Why options make no scheme, and which of them to change; nothing where they make one. */
export function schemeProblem(options: SchemeOptions): OptionProblem | undefined {
  const made = toSignature(options);
  return 'message' in made ? made : undefined;
}

function toSignature(options: SchemeOptions): Signature | OptionProblem {
  const places = (['header', 'query', 'field'] as const).filter((name) => options[name]);
  if (places.length > 1)
    return problem(
      places[1] ?? 'query',
      `The signature stands in one place: give \`${places[0]}\` or \`${places[1]}\`.`,
    );
  const way = (options.verify ?? 'hmac') as Way;
  switch (way) {
    case 'token':
      return toToken(options);
    case 'basic':
      return basic(options.username ? { username: options.username } : {});
    case 'jwt':
      return toJwt(options);
    case 'hmac':
    case 'hash':
      return toMac(options, way);
    default:
      return toPaired(options, way);
  }
}

function toToken({ header = 'authorization', query, field, prefix }: SchemeOptions): Signature {
  if (query) return tokenInQuery(query);
  if (field) return tokenInPayload({ field });
  const name = header.toLowerCase();
  return token({ header: name, prefix: name === 'authorization' ? bearing(prefix) : (prefix ?? '') });
}

/** Options lose the space at their end where people type them, and `Authorization` needs it. */
function bearing(prefix = 'Bearer'): string {
  return `${prefix.trimEnd()} `.trimStart();
}

function toJwt({
  header = 'authorization',
  prefix,
  algorithm = 'HS256',
  issuer,
  claim,
  encoding,
  time,
}: SchemeOptions) {
  const name = header.toLowerCase();
  return jwt({
    header: name,
    prefix: name === 'authorization' ? bearing(prefix) : (prefix ?? ''),
    algorithms: [algorithm as JwtAlgorithm],
    dated: time === 'iat' ? 'iat' : 'exp',
    ...(issuer && { issuer }),
    ...(claim && { rules: [hashesBody(claim, (encoding as Encoding | undefined) ?? 'hex')] }),
  });
}

function toMac(options: SchemeOptions, way: 'hmac' | 'hash'): Signature | OptionProblem {
  const { digest = 'sha256', encoding = 'hex', key = 'text', message, id } = options;
  const algorithm = algorithms.find((known) => known === digest);
  const written = encodings.find((known) => known === encoding);
  const keyForm = HASH_KEYS[key as KeyFormName];
  if (!algorithm) return problem('digest', `\`digest\` can be ${listed(algorithms)}.`);
  if (!written) return problem('encoding', `\`encoding\` can be ${listed(encodings)}.`);
  if (!keyForm) return problem('key', `\`key\` can be ${listed(Object.keys(HASH_KEYS))} with \`verify=${way}\`.`);
  const common = toCommon({ ...options, message: message ?? (way === 'hash' ? '{secret}{body}' : '{body}') });
  if ('message' in common) return common;
  const hasSecret = (message ?? '{secret}').includes('{secret}');
  if (way === 'hash' && !hasSecret)
    return problem('message', 'A plain hash proves nothing unless `message` holds `{secret}`.');
  if (way === 'hmac' && message?.includes('{secret}'))
    return problem(
      'message',
      '`{secret}` stands in the `message` of `verify=hash` only: in a keyed hash it is the key.',
    );
  if (message?.includes('{id}') && !id)
    return problem(
      'id',
      '`message` holds `{id}`, so `id` must say where the delivery id is, such as `header:x-request-id`.',
    );
  return mac({ ...common, algorithm, encoding: written, key: keyForm });
}

function toPaired(options: SchemeOptions, way: Way): Signature | OptionProblem {
  const { encoding = 'base64', key = 'pem' } = options;
  const kind = PAIRED[way];
  const keyForm = PUBLIC_KEYS[key as KeyFormName];
  if (!kind) return problem('verify', '`verify` has a value that is not known.');
  if (!keyForm) return problem('key', `\`key\` can be ${listed(Object.keys(PUBLIC_KEYS))} with \`verify=${way}\`.`);
  const common = toCommon({ ...options, message: options.message ?? '{body}' });
  if ('message' in common) return common;
  return publicKey({ ...common, kind, key: ofKind(keyForm, kind), encoding: encoding as Encoding });
}

const KEY_TYPES = { ed25519: 'ed25519', ecdsa: 'ec', rsa: 'rsa' } as const;

/** A key of another kind than the signatures would refuse every delivery, so it is refused when it is given. */
function ofKind(form: PublicKeyForm, kind: KeyKind): PublicKeyForm {
  const [name = ''] = kind.split('-');
  const type = Object.entries(KEY_TYPES).find(([known]) => known === name)?.[1];
  const toKey = (secret: string) => {
    const key = form.toKey(secret);
    return key?.asymmetricKeyType === type ? key : undefined;
  };
  return { expected: `${form.expected}, for ${name}`, toKey, fits: (secret) => toKey(secret) !== undefined };
}

/** What signatures of both kinds have: where they stand, what is signed, and when. */
function toCommon(options: SchemeOptions & { readonly message: string }) {
  const { message, time, unit = 'seconds', tolerance = '300', id } = options;
  const signed = parseMessage(message, id ?? 'id');
  if (!signed) return problem('message', '`message` holds a part that is not known.');
  const needsTime = message.includes('{time}');
  if (needsTime && !time)
    return problem(
      'time',
      '`message` holds `{time}`, so `time` must say where it is: `header:x-timestamp`, `item:t`, or a path in the body.',
    );
  if (time && !needsTime && !signsItself(time, message))
    return problem(
      'message',
      'A time that is not signed proves nothing: put `{time}` into `message`, or leave `time` out.',
    );
  const item = time?.startsWith('item:') ? time.slice('item:'.length).trim() : undefined;
  if (item && !options.item)
    return problem(
      'item',
      '`time` is beside the signature, so `item` must say what the signature is called there, such as `v1`.',
    );
  const signedTime: SignedTime | undefined = time
    ? { in: toTimePlace(time), unit: unit as TimeUnit, tolerance: Number(tolerance) }
    : undefined;
  return { carrier: toCarrier(options, item), signed, ...(signedTime && { time: signedTime }) };
}

/** A time that stands in the body is signed with it. */
function signsItself(time: string, message: string): boolean {
  return !/^(?:header|item):/.test(time) && message.includes('{body}');
}

function toTimePlace(time: string): SignedTime['in'] {
  if (time.startsWith('item:')) return 'signature';
  return time.startsWith('header:') ? { header: time.slice('header:'.length).trim().toLowerCase() } : { field: time };
}

function toCarrier(
  { header = 'x-signature', query, field, prefix, list, item }: SchemeOptions,
  time: string | undefined,
): Carrier {
  if (query) return inQuery({ name: query, ...(prefix && { prefix }) });
  if (field) return inPayload([field]);
  const [first = 'x-signature', ...more] = header.split(',').map((name) => name.trim().toLowerCase());
  const separator = list ? SEPARATORS[list] : undefined;
  if (item && time) return inFields({ header: first, time, signature: item, ...(separator && { separator }) });
  const before = item ? `${item}=` : prefix;
  const parting = separator ?? (item ? ',' : undefined);
  if (parting === '&') return inFieldsAlone(first, before ?? '');
  return inHeaders({ header: [first, ...more], ...(before && { prefix: before }), ...(parting && { list: parting }) });
}

/** Signatures parted by `&`, each behind its name. */
function inFieldsAlone(header: string, prefix: string): Carrier {
  const inner = inHeaders({ header, prefix, list: ';' });
  return {
    ...inner,
    read(delivery) {
      const value = delivery.headers[header];
      if (typeof value !== 'string') return inner.read(delivery);
      return inner.read({ ...delivery, headers: { ...delivery.headers, [header]: value.replaceAll('&', ';') } });
    },
  };
}

function problem(option: string, message: string): OptionProblem {
  return { option, message };
}

function listed(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}

function unusable({ option }: OptionProblem): Signature {
  return {
    kind: 'nothing that is known',
    verify: () => refused(`the endpoint's option \`${option}\` has a value that cannot be used`),
    sign: () => ({}),
  };
}
