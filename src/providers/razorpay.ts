import { field, header } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { hmac } from '../signatures/hmac.ts';
import { signedBytes } from '../signatures/signed-bytes.ts';

export default defineProvider({
  title: 'Razorpay',
  docs: 'https://razorpay.com/docs/webhooks/validate-test/',
  secret: 'ours',
  evidence: 'vendor',
  signature: hmac({ header: 'x-razorpay-signature' }),
  eventType: field('event'),
  deliveryId: header('x-razorpay-event-id'),
  // It signs the body alone.
  identity: signedBytes('x-razorpay-signature'),
  about: {
    source: field('account_id'),
    actor: field('payload.payment.entity.email'),
    subject: ({ payload }) => keyed('payment', finder(payload)('payload.payment.entity.id')),
    state: field('payload.payment.entity.status'),
  },
  setup: `
1. Open **Settings → Webhooks → Add New Webhook** and paste {{url}} as the URL.
2. Paste {{secret}} as the **Secret**, choose the events you want posted, and save.`,
});
