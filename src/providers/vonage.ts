import { field, first } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { guessType } from '../reading/read-payload.ts';
import { claimIn, hashesBody } from '../signatures/claims.ts';
import { jwt } from '../signatures/jwt.ts';

export default defineProvider({
  title: 'Vonage',
  aliases: ['nexmo'],
  docs: 'https://developer.vonage.com/en/getting-started/concepts/webhooks',
  secret: 'theirs',
  evidence: 'community',
  signature: jwt({
    header: 'authorization',
    prefix: 'Bearer ',
    algorithms: ['HS256'],
    issuer: 'Vonage',
    rules: [hashesBody('payload_hash', 'hex')],
  }),
  eventType: first(field('status'), field('event_type'), field('message_type'), guessType),
  deliveryId: claimIn('authorization', 'jti'),
  about: {
    source: field('to'),
    actor: field('from'),
    subject: ({ payload }) => keyed('message', finder(payload)('message_uuid', 'uuid')),
    state: field('status'),
  },
  setup: `
1. Paste {{url}} as the inbound and status URL of your application, and switch on signed webhooks.
2. Open **API settings**, copy the **Signature secret**, and give it to Bellhop.`,
});
