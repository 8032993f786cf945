import { field, first } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { signedId, standardWebhooks } from '../signatures/standard-webhooks.ts';

export default defineProvider({
  title: 'Lithic',
  docs: 'https://docs.lithic.com/docs/events-api',
  secret: 'theirs',
  evidence: 'vendor',
  signature: standardWebhooks(),
  eventType: first(field('event_type'), field('type')),
  deliveryId: signedId,
  about: {
    subject: ({ payload }) => keyed('object', finder(payload)('token')),
    state: field('status'),
  },
  setup: `
1. Open **Events → Subscriptions**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **signing secret**, and give it to Bellhop.`,
});
