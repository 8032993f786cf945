import { field, first } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { hmac } from '../signatures/hmac.ts';

export default defineProvider({
  title: 'Coinbase Commerce',
  aliases: ['coinbase'],
  docs: 'https://docs.cdp.coinbase.com/commerce-onchain/docs/webhooks',
  secret: 'theirs',
  evidence: 'vendor',
  signature: hmac({ header: 'x-cc-webhook-signature' }),
  eventType: field('event.type'),
  deliveryId: first(field('event.id'), field('id')),
  about: {
    subject: ({ payload }) => keyed('charge', finder(payload)('event.data.code')),
    url: field('event.data.hosted_url'),
  },
  setup: `
1. Open **Settings → Notifications → Webhook subscriptions**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **shared secret**, and give it to Bellhop.`,
});
