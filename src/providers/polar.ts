import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { asText } from '../signatures/keys/secret-keys.ts';
import { signedId, standardWebhooks } from '../signatures/standard-webhooks.ts';

export default defineProvider({
  title: 'Polar',
  docs: 'https://docs.polar.sh/integrate/webhooks/endpoints',
  secret: 'ours',
  evidence: 'vendor',
  signature: standardWebhooks({ key: asText }),
  eventType: field('type'),
  deliveryId: signedId,
  about: {
    source: ({ payload }) => finder(payload)('data.organization.slug', 'data.product.name'),
    actor: field('data.customer.email'),
    subject: ({ payload }) => keyed('object', finder(payload)('data.id')),
    state: field('data.status'),
  },
  setup: `
1. Open **Settings → Webhooks → Add Endpoint** and paste {{url}} as the URL.
2. Paste {{secret}} as the **signing secret**, choose the events you want posted, and save.`,
});
