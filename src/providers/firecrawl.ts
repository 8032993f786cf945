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
1. Give {{url}} as \`webhook.url\` when you start a crawl or a batch.
2. Open **Settings → Advanced**, copy the **webhook secret**, and give it to Bellhop.`,
});
