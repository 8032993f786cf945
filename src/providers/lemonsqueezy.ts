import { randomBytes } from 'node:crypto';
import { field, first, header } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { hmac } from '../signatures/hmac.ts';

export default defineProvider({
  title: 'Lemon Squeezy',
  aliases: ['lemon-squeezy'],
  docs: 'https://docs.lemonsqueezy.com/help/webhooks',
  secret: 'ours',
  makeSecret: () => randomBytes(20).toString('hex'),
  evidence: 'vendor',
  signature: hmac({ header: 'x-signature' }),
  eventType: first(header('x-event-name'), field('meta.event_name')),
  about: {
    source: ({ payload }) =>
      finder(payload)('data.attributes.first_order_item.product_name', 'data.attributes.product_name'),
    actor: field('data.attributes.user_email'),
    subject: ({ payload }) => keyed('order', finder(payload)('data.id')),
    state: field('data.attributes.status'),
    url: field('data.attributes.urls.receipt'),
  },
  setup: `
1. Open **Settings → Webhooks** and paste {{url}} as the URL.
2. Paste {{secret}} as the **Signing secret**, choose the events you want posted, and save.`,
});
