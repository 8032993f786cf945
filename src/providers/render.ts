import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { signedId, standardWebhooks } from '../signatures/standard-webhooks.ts';

export default defineProvider({
  title: 'Render',
  docs: 'https://render.com/docs/webhooks',
  secret: 'theirs',
  evidence: 'vendor',
  signature: standardWebhooks(),
  eventType: field('type'),
  deliveryId: signedId,
  about: {
    source: ({ payload }) => finder(payload)('data.serviceName', 'data.serviceId'),
    subject: ({ payload }) => keyed('service', finder(payload)('data.serviceId')),
    state: field('data.status'),
  },
  setup: `
1. Open **Integrations → Webhooks → Create Webhook**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **signing secret**, and give it to Bellhop.`,
});
