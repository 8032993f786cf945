import { first, header } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { type SchemeOptions, schemeAxes } from '../core/provider/scheme/scheme-axes.ts';
import type { Signature } from '../core/provider/signature.ts';
import { remember } from '../core/remember.ts';
import { readPayload } from '../reading/read-payload.ts';
import { chosen } from '../signatures/chosen.ts';
import { placed } from '../signatures/scheme/message.ts';
import { schemeProblem, schemeSignature, usesKeyPair } from '../signatures/scheme/scheme-signature.ts';

export default defineProvider({
  title: 'Custom sender',
  aliases: ['own-scheme'],
  anybody: true,
  docs: 'https://en.wikipedia.org/wiki/Webhook',
  evidence: 'vendor',
  methods: ['POST', 'PUT'],
  options: schemeAxes,
  checkOptions: schemeProblem,
  secret: (options) => (usesKeyPair(options) ? 'theirs' : 'ours'),
  signature: chosen((_delivery, { options }) => schemeOf(options)),
  eventType: (delivery, options) => placed(options?.type)(delivery) ?? readPayload(delivery.payload).type ?? 'event',
  deliveryId: (delivery, options) => placed(options?.id)(delivery) ?? usualId(delivery),
  about: {},
  setup: `
1. Have the sender \`POST\` to {{url}}.
2. Have it sign with {{secret}}, as \`/webhook scheme\` shows for this endpoint.
3. If its first delivery is refused, \`/webhook identify\` finds out how it was signed.`,
});

const usualId = first(...['webhook-id', 'x-webhook-id', 'x-delivery-id', 'idempotency-key'].map(header));

/** Every delivery asks for the scheme of its endpoint. */
const remembered = remember(100, (text) => schemeSignature(JSON.parse(text) as SchemeOptions));

function schemeOf(options: SchemeOptions): Signature {
  return remembered(JSON.stringify(options));
}
