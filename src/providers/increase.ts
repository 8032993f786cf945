import { field, first } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { signedId, standardWebhooks } from '../signatures/standard-webhooks.ts';

export default defineProvider({
  title: 'Increase',
  docs: 'https://increase.com/documentation/webhooks',
  secret: 'theirs',
  evidence: 'community',
  signature: standardWebhooks(),
  eventType: first(field('category'), field('type')),
  deliveryId: signedId,
  about: {
    subject: ({ payload }) => keyed('object', finder(payload)('associated_object_id')),
  },
  setup: `
1. Open **Developers → Webhooks**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **signing secret**, and give it to Bellhop.`,
});
