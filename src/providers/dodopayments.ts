import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { signedId, standardWebhooks } from '../signatures/standard-webhooks.ts';

export default defineProvider({
  title: 'Dodo Payments',
  aliases: ['dodo'],
  docs: 'https://docs.dodopayments.com/developer-resources/webhooks',
  secret: 'theirs',
  evidence: 'vendor',
  signature: standardWebhooks(),
  eventType: field('type'),
  deliveryId: signedId,
  about: {
    source: field('business_id'),
    actor: field('data.customer.email'),
    subject: ({ payload }) => keyed('payment', finder(payload)('data.payment_id')),
    state: field('data.status'),
  },
  setup: `
1. Open **Developer → Webhooks**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **signing secret**, and give it to Bellhop.`,
});
