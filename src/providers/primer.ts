import { field, first } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { guessType } from '../reading/read-payload.ts';
import { hmac } from '../signatures/hmac.ts';

export default defineProvider({
  title: 'Primer',
  docs: 'https://primer.io/docs/api/webhooks',
  secret: 'theirs',
  evidence: 'community',
  signature: hmac({ header: ['x-signature-primary', 'x-signature-secondary'], every: true, encoding: 'base64' }),
  eventType: first(field('eventType'), field('event'), guessType),
  about: {
    subject: ({ payload }) => keyed('payment', finder(payload)('payment.id')),
    state: field('payment.status'),
  },
  setup: `
1. Open **Developers → Webhooks**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **signing secret**, and give it to Bellhop.`,
});
