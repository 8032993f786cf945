import { field, first } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { guessType } from '../reading/read-payload.ts';
import { messageBird } from '../signatures/own/message-bird.ts';

export default defineProvider({
  title: 'MessageBird (legacy signature)',
  docs: 'https://developers.messagebird.com/api/#verifying-http-requests',
  secret: 'theirs',
  evidence: 'vendor',
  methods: ['POST', 'GET'],
  signature: messageBird,
  eventType: first(field('type'), field('status'), guessType),
  deliveryId: field('id'),
  about: {
    actor: field('recipient'),
    subject: ({ payload }) => keyed('message', finder(payload)('id')),
    state: field('status'),
  },
  setup: `
1. Paste {{url}} as the webhook URL of your flow, channel or number.
2. Open **Developers → Signing keys**, copy the **signing key**, and give it to Bellhop.`,
});
