import { field, first } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { guessType } from '../reading/read-payload.ts';
import { timestamped } from '../signatures/timestamped.ts';

export default defineProvider({
  title: 'Affirm',
  docs: 'https://docs.affirm.com/developers/docs/webhooks',
  secret: 'theirs',
  evidence: 'community',
  signature: timestamped({
    header: 'x-affirm-signature',
    time: { field: 't', signature: 'v0' },
    separator: '.',
    algorithm: 'sha512',
  }),
  eventType: first(field('event'), field('type'), guessType),
  about: {
    subject: ({ payload }) => keyed('charge', finder(payload)('id')),
    state: field('status'),
  },
  setup: `
1. In Affirm, go to the merchant dashboard → Webhooks, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **secret**, and give it to Bellhop.`,
});
