import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder } from '../reading/finder.ts';
import { signedId, standardWebhooks } from '../signatures/standard-webhooks.ts';

export default defineProvider({
  title: 'Composio',
  docs: 'https://docs.composio.dev/docs/webhooks',
  secret: 'theirs',
  evidence: 'community',
  signature: standardWebhooks(),
  eventType: field('type'),
  deliveryId: signedId,
  about: {
    source: ({ payload }) => finder(payload)('data.toolkit_slug', 'metadata.toolkit_slug'),
  },
  setup: `
1. Open **Settings → Webhook**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **signing secret**, and give it to Bellhop.`,
});
