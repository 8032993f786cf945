import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { hmac } from '../signatures/hmac.ts';

export default defineProvider({
  title: 'Firecrawl',
  docs: 'https://docs.firecrawl.dev/webhooks/security',
  secret: 'theirs',
  evidence: 'community',
  signature: hmac({ header: 'x-firecrawl-signature', prefix: 'sha256=' }),
  eventType: field('type'),
  deliveryId: field('webhookId'),
  about: {
    subject: ({ payload }) => keyed('crawl', finder(payload)('id')),
  },
  setup: `
1. Open **Settings → Advanced**, paste {{url}} as the URL, and choose the events you want to hear of.
2. Copy the **webhook secret**, and tell it to us.`,
});
