import { joined } from '../core/delivery/joined.ts';
import { field, textAt } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { signedId, standardWebhooks } from '../signatures/standard-webhooks.ts';

export default defineProvider({
  title: 'Stytch',
  docs: 'https://stytch.com/docs/guides/dashboard/webhooks',
  secret: 'theirs',
  evidence: 'vendor',
  signature: standardWebhooks(),
  eventType: ({ payload }) => joined('.', textAt(payload, 'object_type'), textAt(payload, 'action')),
  deliveryId: signedId,
  about: {
    source: field('project_id'),
    subject: ({ payload }) => keyed('object', finder(payload)('id')),
  },
  setup: `
1. Open **Dashboard → Webhooks**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **signing secret**, and give it to Bellhop.`,
});
