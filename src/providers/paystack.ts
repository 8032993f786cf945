import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { hmac } from '../signatures/hmac.ts';

export default defineProvider({
  title: 'Paystack',
  docs: 'https://paystack.com/docs/payments/webhooks/',
  secret: 'theirs',
  evidence: 'vendor',
  signature: hmac({ header: 'x-paystack-signature', algorithm: 'sha512' }),
  eventType: field('event'),
  about: {
    actor: field('data.customer.email'),
    subject: ({ payload }) => keyed('transaction', finder(payload)('data.reference')),
    state: field('data.status'),
  },
  setup: `
1. Open **Settings → API Keys & Webhooks**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **Secret Key**, and give it to Bellhop.`,
});
