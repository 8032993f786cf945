import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { signedId, standardWebhooks } from '../signatures/standard-webhooks.ts';

export default defineProvider({
  title: 'Brex',
  docs: 'https://developer.brex.com/openapi/webhooks_api/',
  secret: 'theirs',
  evidence: 'vendor',
  signature: standardWebhooks(),
  eventType: field('event_type'),
  deliveryId: signedId,
  about: {
    source: field('company_id'),
    subject: ({ payload }) => keyed('transfer', finder(payload)('transfer_id')),
    state: field('payment_status'),
  },
  setup: `
1. Open **Developer → Webhooks**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **signing secret**, and give it to Bellhop.`,
});
