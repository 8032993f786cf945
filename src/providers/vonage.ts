import { field, first } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { guessType } from '../reading/guess-type.ts';
import { claimIn, hashesBody, jwt } from '../signatures/jwt.ts';

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
1. Open **API settings → Signature secret**, paste {{url}} as the URL, and choose the events you want to hear of.
2. Copy the **signature secret**, and tell it to us.`,
});
