import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { hmac } from '../signatures/hmac.ts';
import { body, url } from '../signatures/text/parts.ts';

export default defineProvider({
  title: 'Square',
  docs: 'https://developer.squareup.com/docs/webhooks/step3validate',
  secret: 'theirs',
  evidence: 'vendor',
  signature: hmac({ header: 'x-square-hmacsha256-signature', signed: [url, body], encoding: 'base64' }),
  eventType: field('type'),
  deliveryId: field('event_id'),
  about: {
    source: field('merchant_id'),
    subject: ({ payload }) => keyed('object', finder(payload)('data.id')),
    occurredAt: field('created_at'),
    // https://developer.squareup.com/docs/build-basics/common-api-patterns/optimistic-concurrency
    sequence: ({ payload }) =>
      finder(payload)(
        'data.object.order_updated.version',
        'data.object.order_created.version',
        'data.object.invoice.version',
        'data.object.subscription.version',
        'data.object.customer.version',
      ),
    state: ({ payload }) => finder(payload)('data.object.payment.status', 'data.object.order.state'),
  },
  setup: `
1. Open **Developer Console → your app → Webhooks → Subscriptions**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **Signature Key**, and give it to Bellhop.`,
});
