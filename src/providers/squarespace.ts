import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { hmac } from '../signatures/hmac.ts';
import { asHex } from '../signatures/keys/secret-keys.ts';

export default defineProvider({
  title: 'Squarespace',
  docs: 'https://developers.squarespace.com/webhooks/overview',
  secret: 'theirs',
  evidence: 'community',
  signature: hmac({ header: 'squarespace-signature', key: asHex }),
  eventType: field('topic'),
  deliveryId: field('id'),
  about: {
    source: field('websiteId'),
    subject: ({ payload }) => keyed('order', finder(payload)('data.orderId')),
  },
  setup: `
1. Use the API: create a webhook subscription, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **secret**, and give it to Bellhop.`,
});
