import type { ProviderOption } from '../provider.ts';

/** The provider whose endpoints say themselves how their deliveries are signed. */
export const OWN_SCHEME = 'custom';

/** How a sender proves who it is. */
export const ways = [
  'hmac',
  'hash',
  'token',
  'basic',
  'jwt',
  'ed25519',
  'ecdsa-sha256',
  'rsa-sha256',
  'rsa-sha1',
] as const;
export type Way = (typeof ways)[number];

export const digests = ['sha1', 'sha256', 'sha384', 'sha512'] as const;
export const writings = ['hex', 'base64', 'base64url'] as const;

/** How a secret becomes the key. The last ones are ways of writing a public key. */
export const keyForms = ['text', 'base64', 'hex', 'whsec', 'sha1', 'sha256', 'pem', 'der'] as const;
export type KeyFormName = (typeof keyForms)[number];

export const separators = ['comma', 'space', 'semicolon', 'ampersand'] as const;
export const timeUnits = ['seconds', 'milliseconds', 'either', 'iso', 'http'] as const;
export const tokenAlgorithms = ['HS256', 'HS384', 'HS512', 'RS256', 'RS512', 'ES256', 'ES384'] as const;

/** Parts of the signed text that need no name of their own. */
export const bareParts = [
  'body',
  'time',
  'id',
  'url',
  'path',
  'method',
  'secret',
  'form',
  'body-sha1',
  'body-sha256',
  'body-sha512',
] as const;
export type BarePart = (typeof bareParts)[number];
/** Parts that name what they read: `{header:x-nonce}`. */
export const namedParts = ['header', 'query', 'field'] as const;

const headerName = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const PLACE = /^(?:header:\s*\S+|query:\s*\S+|[^\s:]+)$/;
const part = `\\{(?:${bareParts.join('|')}|(?:${namedParts.join('|')}):[^{}\\s]+)\\}`;

/**
 * What makes a scheme, one option each. All that is known of an option is here, so that chats, the settings file and the
 * scheme itself agree on it.
 */
export const schemeAxes = {
  verify: { description: 'How the sender proves who it is; `hmac`, a keyed hash, when left out', choices: ways },
  header: {
    description: 'The header with the signature or token, or several parted by commas; `x-signature` when left out',
    pattern: new RegExp(`^${headerName}(?:\\s*,\\s*${headerName}){0,9}$`),
    expected: 'the name of a header, such as `x-acme-signature`, or several parted by commas',
  },
  query: {
    description: 'The parameter of the address with the signature or token, in place of a header',
    pattern: /^\S{1,100}$/,
    expected: 'the name of a parameter, such as `signature`',
  },
  field: {
    description: 'The path in the body with the signature or token, in place of a header',
    pattern: /^\S{1,200}$/,
    expected: 'a path in the body, such as `meta.signature`',
  },
  prefix: {
    description: 'What stands before the signature, such as `sha256=`',
    pattern: /^.{0,50}$/,
    expected: 'the few characters before the signature, such as `sha256=`',
  },
  list: { description: 'What parts several signatures in one header; there is one when left out', choices: separators },
  item: {
    description: 'What the signature is called in a list such as `t=1700000000,v1=…`: here `v1`',
    pattern: /^[^\s=,;&]{1,50}$/,
    expected: 'the name before `=` in the header, such as `v1`',
  },
  digest: { description: 'The hash; `sha256` when left out', choices: digests },
  encoding: { description: 'How the signature is written; `hex` when left out', choices: writings },
  key: {
    description: 'How the secret becomes the key; as it is written, `text`, when left out, and `pem` for a key pair',
    choices: keyForms,
  },
  message: {
    description: 'What is signed, such as `{time}.{body}`; `{body}` when left out',
    pattern: new RegExp(`^(?:[^{}]|${part}){1,500}$`),
    expected: `text with parts such as \`{time}.{body}\`. The parts are ${[...bareParts.map((name) => `\`{${name}}\``), '`{header:x-nonce}`', '`{query:name}`', '`{field:data.id}`'].join(', ')}`,
  },
  time: {
    description:
      'Where the time of signing is: `header:x-timestamp`, `item:t` beside the signature, or a path in the body',
    pattern: /^(?:header:\s*\S+|item:\s*[^\s=,;&]+|[^\s:]+)$/,
    expected: '`header:x-timestamp`, `item:t`, or a path in the body',
  },
  unit: { description: 'How the time is written; `seconds` since 1970 when left out', choices: timeUnits },
  tolerance: {
    description: 'How old a delivery may be, in seconds; 300 when left out',
    pattern: /^(?:[1-9]\d{0,4})$/,
    expected: 'a number of seconds from 1 to 99999, such as `300`',
  },
  username: {
    description: 'The user name of `verify=basic`; any when left out',
    pattern: /^[^:]{1,200}$/,
    expected: 'a user name without a colon',
  },
  algorithm: {
    description: 'How the token of `verify=jwt` is signed; `HS256` when left out',
    choices: tokenAlgorithms,
  },
  claim: {
    description: 'The claim of the token with the hash of the body, in the `digest` sha256 and the `encoding` given',
    pattern: /^\S{1,100}$/,
    expected: 'the name of a claim, such as `body_hash`',
  },
  issuer: {
    description: 'Who must have issued the token of `verify=jwt`; anybody with the secret when left out',
    pattern: /^\S{1,300}$/,
    expected: 'the `iss` of the token',
  },
  type: {
    description: 'Where the event type is: `header:x-event`, `query:event`, or a path in the body such as `data.event`',
    pattern: PLACE,
    expected: '`header:x-event`, `query:event`, or a path in the body',
  },
  id: {
    description: 'Where the delivery id is: `header:x-request-id`, or a path in the body',
    pattern: PLACE,
    expected: '`header:x-request-id`, `query:id`, or a path in the body',
  },
} as const satisfies Readonly<Record<string, ProviderOption>>;

export type SchemeAxis = keyof typeof schemeAxes;
/** A scheme as an endpoint keeps it: the axes that were chosen, each as it was typed. */
export type SchemeOptions = Readonly<Partial<Record<SchemeAxis, string>>>;

/** What an axis is where it is left out, for those that are the same whatever the others are. */
export const schemeDefaults: SchemeOptions = {
  verify: 'hmac',
  digest: 'sha256',
  encoding: 'hex',
  key: 'text',
  message: '{body}',
  unit: 'seconds',
  tolerance: '300',
};
