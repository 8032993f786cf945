import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { signedId, standardWebhooks } from '../signatures/standard-webhooks.ts';

export default defineProvider({
  title: 'Clerk',
  docs: 'https://clerk.com/docs/webhooks/sync-data',
  secret: 'theirs',
  evidence: 'vendor',
  signature: standardWebhooks(),
  eventType: field('type'),
  deliveryId: signedId,
  about: {
    actor: ({ payload }) => finder(payload)('data.email_addresses.0.email_address', 'data.username'),
    subject: ({ payload }) => keyed('user', finder(payload)('data.id')),
  },
  setup: `
1. Open **Configure → Webhooks → Add Endpoint**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **signing secret**, and give it to Bellhop.`,
});
