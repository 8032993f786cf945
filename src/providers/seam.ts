import { field, first } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { signedId, standardWebhooks } from '../signatures/standard-webhooks.ts';

export default defineProvider({
  title: 'Seam',
  docs: 'https://docs.seam.co/latest/developer-tools/webhooks',
  secret: 'theirs',
  evidence: 'vendor',
  signature: standardWebhooks(),
  eventType: first(field('event_type'), field('type')),
  deliveryId: signedId,
  about: {
    source: field('workspace_id'),
    subject: ({ payload }) => keyed('device', finder(payload)('device_id')),
  },
  setup: `
1. Open **Console → Developer → Webhooks**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **signing secret**, and give it to Bellhop.`,
});
