import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { hmac } from '../signatures/hmac.ts';

export default defineProvider({
  title: 'Segment',
  docs: 'https://segment.com/docs/connections/destinations/catalog/webhooks/',
  secret: 'ours',
  evidence: 'community',
  signature: hmac({ header: 'x-signature', algorithm: 'sha1' }),
  eventType: field('type'),
  deliveryId: field('messageId'),
  about: {
    source: field('context.page.url'),
    actor: ({ payload }) => finder(payload)('userId', 'anonymousId'),
    subject: ({ payload }) => keyed('user', finder(payload)('userId')),
  },
  setup: `
1. Open **Destinations → Webhooks → Settings** and paste {{url}} as the URL.
2. Paste {{secret}} as the **Shared Secret**, choose the events you want posted, and save.`,
});
