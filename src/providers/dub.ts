import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { hmac } from '../signatures/hmac.ts';

export default defineProvider({
  title: 'Dub',
  docs: 'https://dub.co/docs/concepts/webhooks/introduction',
  secret: 'theirs',
  evidence: 'community',
  signature: hmac({ header: 'dub-signature' }),
  eventType: field('event'),
  deliveryId: field('id'),
  about: {
    source: field('data.link.domain'),
    actor: field('data.customer.email'),
    subject: ({ payload }) => keyed('link', finder(payload)('data.link.id', 'data.id')),
    url: ({ payload }) => finder(payload)('data.link.shortLink', 'data.shortLink'),
  },
  setup: `
1. Open **Settings → Webhooks → Create Webhook**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **signing secret**, and give it to Bellhop.`,
});
