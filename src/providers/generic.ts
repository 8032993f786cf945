import type { Parsed } from '../core/delivery/delivery.ts';
import { field, first, header, query, type Reader } from '../core/delivery/readers.ts';
import type { About } from '../core/event/about.ts';
import { defineProvider, type Incoming } from '../core/provider/provider.ts';
import { refused, type Signature } from '../core/provider/signature.ts';
import { anyOf } from '../handshakes/any-of.ts';
import { eventGrid } from '../handshakes/event-grid.ts';
import { presence } from '../handshakes/presence.ts';
import { webhookOrigin } from '../handshakes/webhook-origin.ts';
import { guessAbout } from '../reading/guess-about.ts';
import { findEvents } from '../reading/payload/find-events.ts';
import { readPayload } from '../reading/read-payload.ts';
import { isVague } from '../reading/read-type.ts';
import { basic } from '../signatures/basic.ts';
import { chosen } from '../signatures/chosen.ts';
import { algorithms, encodings } from '../signatures/digest.ts';
import { hmac } from '../signatures/hmac.ts';
import { token } from '../signatures/token.ts';
import { unsigned } from '../signatures/unsigned.ts';

type Options = Readonly<Record<string, string>>;

/** The type of a delivery that names none. */
const UNNAMED = 'event';

const guess =
  <Part extends keyof About>(part: Part) =>
  ({ payload, type }: Incoming) =>
    guessAbout(payload, type)[part];

export default defineProvider({
  title: 'Any sender',
  anybody: true,
  docs: 'https://en.wikipedia.org/wiki/Webhook',
  evidence: 'vendor',
  methods: ['POST', 'PUT', 'GET'],
  handshake: anyOf(presence, webhookOrigin, eventGrid),
  options: {
    verify: {
      description: 'How the sender proves who it is; with `none` only the secret URL protects the endpoint',
      choices: ['none', 'token', 'basic', 'hmac'],
    },
    header: {
      description: 'The header with the token or the signature; `authorization` or `x-signature` when left out',
    },
    prefix: { description: 'The prefix of the token or the signature, such as `sha256=`' },
    algorithm: { description: 'The hash of `verify=hmac`; `sha256` when left out', choices: algorithms },
    encoding: { description: 'How the hash is written; `hex` when left out', choices: encodings },
    username: { description: 'The user name of `verify=basic`; any when left out' },
    type: {
      description: 'Where the event type is: a path in the payload such as `data.event`, or `header:x-event`',
    },
    id: { description: 'Where the delivery id is: a path in the payload, or `header:x-request-id`' },
  },
  secret: ({ verify = 'none' }) => (verify === 'none' ? 'none' : 'ours'),
  signature: chosen((_delivery, { options }) => signatureOf(options)),
  events: findEvents,
  eventType: (delivery, options) => placed(options?.type)(delivery) ?? usualType(delivery) ?? UNNAMED,
  deliveryId: (delivery, options) => placed(options?.id)(delivery) ?? usualId(delivery),
  about: {
    title: (event) =>
      event.format === 'empty' && event.type === UNNAMED ? 'A delivery without a body' : guess('title')(event),
    url: guess('url'),
    source: guess('source'),
    actor: guess('actor'),
    subject: guess('subject'),
    state: guess('state'),
    severity: guess('severity'),
    occurredAt: guess('occurredAt'),
    labels: guess('labels'),
  },
  setup: `
1. Have the sender \`POST\` JSON, a form, XML or plain text to {{url}}.
2. With \`verify=token\`, have it send \`Authorization: Bearer {{secret}}\`; with \`verify=basic\`, use {{secret}} as the password; with \`verify=hmac\`, have it sign the body with {{secret}} and send the hash in \`X-Signature\`.`,
  trial: toTrial,
});

const TRIED = `'{"title": "It works"}'`;

/** The command that delivers something signed as the options say. */
function toTrial({
  verify,
  username = 'bellhop',
  prefix,
  algorithm = 'sha256',
  encoding,
  ...options
}: Options): string {
  const header = options.header?.trim();
  switch (verify) {
    case 'token': {
      const name = header ?? 'Authorization';
      return `curl -d ${TRIED} -H ${quoted(`${name}: ${tokenPrefix(name.toLowerCase(), prefix)}{{secret}}`)} {{url}}`;
    }
    case 'basic':
      return `curl -d ${TRIED} -u ${quoted(`${username}:{{secret}}`)} {{url}}`;
    case 'hmac': {
      const hash = `hash=$(printf %s "$body" | openssl dgst -${algorithm} -hmac '{{secret}}' ${written(encoding)})`;
      const proof = `${quoted(`${header ?? 'X-Signature'}: ${prefix ?? ''}`)}"$hash"`;
      return `body=${TRIED}; ${hash}; curl -d "$body" -H ${proof} {{url}}`;
    }
    default:
      return `curl -d ${TRIED} {{url}}`;
  }
}

/** Text as one word of a shell, and of one line of code. */
function quoted(text: string): string {
  return `'${text.replace(/[`\p{Cc}]/gu, '').replaceAll("'", "'\\''")}'`;
}

/** How a shell writes the hash that openssl makes. */
function written(encoding = 'hex'): string {
  if (encoding === 'base64') return '-binary | base64 -w 0';
  if (encoding === 'base64url') return "-binary | base64 -w 0 | tr '+/' '-_' | tr -d '='";
  return "-r | cut -d ' ' -f 1";
}

const usualType = first(
  header('ce-type'),
  namedByHeader,
  ({ payload }) => readPayload(payload).type,
  query('event'),
  query('type'),
);

/** Headers that name an event have similar names in all services: `X-GitHub-Event`, `X-WC-Webhook-Topic`, `X-Event-Type`. */
const EVENT_HEADER = /^x-(?:[\w-]+-)?(?:event|topic|hook-type|webhook-type)(?:-(?:type|name|key))?$/;

function namedByHeader({ headers }: Parsed): string | undefined {
  for (const [name, value] of Object.entries(headers)) {
    if (!EVENT_HEADER.test(name) || typeof value !== 'string' || !/^\p{L}[\w .:/-]{1,80}$/u.test(value)) continue;
    const type = value.replace(/ Hook$/, '');
    if (!isVague(type)) return type;
  }
  return undefined;
}

// Proxies add an `x-request-id` of their own to every attempt, so that one identifies nothing.
const usualId = first(
  ...'ce-id webhook-id x-webhook-id x-delivery-id idempotency-key'.split(' ').map(header),
  (delivery) => (field('specversion')(delivery) ? field('id')(delivery) : undefined),
  (delivery) => (field('0.specversion')(delivery) ? field('0.id')(delivery) : undefined),
);

/** Reads where an endpoint's option points: `header:x-event`, or a path in the payload. */
function placed(place: string | undefined): Reader {
  if (!place) return () => undefined;
  return place.startsWith('header:') ? header(place.slice('header:'.length).trim()) : field(place);
}

function signatureOf(options: Options): Signature {
  const name = options.header?.trim().toLowerCase();
  switch (options.verify ?? 'none') {
    case 'none':
      return unsigned();
    case 'token':
      return token({ header: name ?? 'authorization', prefix: tokenPrefix(name ?? 'authorization', options.prefix) });
    case 'basic':
      return basic(options.username ? { username: options.username } : {});
    case 'hmac':
      return hmacOf(name ?? 'x-signature', options);
    default:
      return unusable('verify');
  }
}

function hmacOf(name: string, { prefix = '', algorithm = 'sha256', encoding = 'hex' }: Options): Signature {
  const knownAlgorithm = algorithms.find((known) => known === algorithm);
  const knownEncoding = encodings.find((known) => known === encoding);
  if (!knownAlgorithm) return unusable('algorithm');
  if (!knownEncoding) return unusable('encoding');
  return hmac({ header: name, prefix, algorithm: knownAlgorithm, encoding: knownEncoding });
}

/** Options lose the space at their end where people type them, and `Authorization` needs it. */
function tokenPrefix(name: string, prefix: string | undefined): string {
  if (name !== 'authorization') return prefix ?? '';
  return `${(prefix ?? 'Bearer').trimEnd()} `.trimStart();
}

function unusable(option: string): Signature {
  return {
    kind: 'nothing that is known',
    verify: () => refused(`the endpoint's option \`${option}\` has a value that is not known`),
    sign: () => ({}),
  };
}
