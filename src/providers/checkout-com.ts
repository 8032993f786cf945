import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { hmac } from '../signatures/hmac.ts';

export default defineProvider({
  title: 'Checkout.com',
  aliases: ['checkout'],
  docs: 'https://www.checkout.com/docs/developer-resources/webhooks',
  secret: 'theirs',
  evidence: 'vendor',
  signature: hmac({ header: 'cko-signature' }),
  eventType: field('type'),
  deliveryId: field('id'),
  about: {
    subject: ({ payload }) => keyed('payment', finder(payload)('data.id')),
    actor: field('data.customer.email'),
    state: field('data.status'),
    url: field('_links.payment.href'),
  },
  setup: `
1. Open **Developers → Workflows → Add webhook**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **signature key**, and give it to Bellhop.`,
});
