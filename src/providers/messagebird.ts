import { field, first } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { guessType } from '../reading/read-payload.ts';
import { claimIn, hashesBody, hashesUrl } from '../signatures/claims.ts';
import { jwt } from '../signatures/jwt.ts';

export default defineProvider({
  title: 'Bird (MessageBird)',
  aliases: ['bird'],
  docs: 'https://developers.messagebird.com/api/#verifying-http-requests',
  secret: 'theirs',
  evidence: 'vendor',
  methods: ['POST', 'GET'],
  signature: jwt({
    header: 'messagebird-signature-jwt',
    algorithms: ['HS256', 'HS384', 'HS512'],
    issuer: 'MessageBird',
    rules: [hashesUrl('url_hash'), { ...hashesBody('payload_hash', 'hex'), unlessEmpty: true }],
    dated: 'exp',
    tolerance: 5,
  }),
  eventType: first(field('type'), field('status'), guessType),
  deliveryId: claimIn('messagebird-signature-jwt', 'jti'),
  about: {
    actor: ({ payload }) => finder(payload)('contact.displayName', 'recipient'),
    subject: ({ payload }) => keyed('message', finder(payload)('message.id', 'id')),
    state: ({ payload }) => finder(payload)('status', 'message.status'),
  },
  setup: `
1. Paste {{url}} as the webhook URL of your flow, channel or number.
2. Open **Developers → Signing keys**, copy the **signing key**, and give it to Bellhop.`,
});
