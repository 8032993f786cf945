import { field, first } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { guessType } from '../reading/read-payload.ts';
import { signedId, standardWebhooks } from '../signatures/standard-webhooks.ts';

export default defineProvider({
  title: 'Autumn',
  docs: 'https://docs.useautumn.com/documentation/webhooks',
  secret: 'theirs',
  evidence: 'community',
  signature: standardWebhooks(),
  eventType: first(field('type'), guessType),
  deliveryId: signedId,
  about: {
    actor: ({ payload }) => finder(payload)('data.customer.email', 'data.customer.id'),
    subject: ({ payload }) => keyed('customer', finder(payload)('data.customer.id')),
  },
  setup: `
1. Open **Developer → Webhooks**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **signing secret**, and give it to Bellhop.`,
});
