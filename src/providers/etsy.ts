import { field, first } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { signedId, standardWebhooks } from '../signatures/standard-webhooks.ts';

export default defineProvider({
  title: 'Etsy',
  docs: 'https://developers.etsy.com/documentation/essentials/webhooks',
  secret: 'theirs',
  evidence: 'vendor',
  signature: standardWebhooks(),
  eventType: first(field('event_type'), field('type')),
  deliveryId: signedId,
  about: {
    source: field('shop_id'),
    subject: ({ payload }) => keyed('receipt', finder(payload)('receipt_id')),
  },
  setup: `
1. In Etsy, go to the webhook portal of your app, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **signing secret**, and give it to Bellhop.`,
});
