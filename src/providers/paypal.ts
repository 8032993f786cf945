import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { payPal } from '../signatures/published/pay-pal.ts';

export default defineProvider({
  title: 'PayPal',
  docs: 'https://developer.paypal.com/api/rest/webhooks/rest/',
  secret: 'theirs',
  evidence: 'vendor',
  signature: payPal,
  eventType: field('event_type'),
  deliveryId: field('id'),
  about: {
    actor: ({ payload }) => finder(payload)('resource.payer.email_address', 'resource.subscriber.email_address'),
    subject: ({ payload }) => keyed('resource', finder(payload)('resource.id')),
    state: ({ payload }) => finder(payload)('resource.status', 'resource.state'),
  },
  setup: `
1. Open **Developer Dashboard → your app → Webhooks → Add Webhook**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **Webhook ID** that is shown afterwards, and give it to Bellhop: PayPal signs it, with a key that it publishes.`,
});
