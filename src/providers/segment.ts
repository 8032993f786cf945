import { field, first } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { hmac } from '../signatures/hmac.ts';

export default defineProvider({
  title: 'Segment',
  docs: 'https://segment.com/docs/connections/destinations/catalog/webhooks/',
  secret: 'ours',
  evidence: 'community',
  signature: hmac({ header: 'x-signature', algorithm: 'sha1' }),
  events: 'batch.*',
  eventType: first(field('type'), field('batch.0.type')),
  deliveryId: first(field('messageId'), field('batch.0.messageId')),
  about: {
    source: first(field('context.page.url'), field('batch.0.context.page.url')),
    actor: ({ payload }) => finder(payload)('userId', 'batch.0.userId', 'anonymousId', 'batch.0.anonymousId'),
    subject: ({ payload }) => keyed('user', finder(payload)('userId', 'batch.0.userId')),
  },
  setup: `
1. Open **Destinations → Webhooks → Settings** and paste {{url}} as the URL.
2. Paste {{secret}} as the **Shared Secret**, choose the events you want posted, and save.`,
});
