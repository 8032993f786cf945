import { field, first } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder } from '../reading/finder.ts';
import { hmac } from '../signatures/hmac.ts';
import { asTextWithout } from '../signatures/keys/secret-keys.ts';

export default defineProvider({
  title: 'Ably',
  docs: 'https://ably.com/docs/platform/integrations/webhooks',
  secret: 'theirs',
  evidence: 'community',
  signature: hmac({ header: 'x-ably-signature', encoding: 'base64', key: asTextWithout(/^[^:]*:/) }),
  events: 'items.*',
  eventType: first(field('items.0.source'), field('source')),
  about: {
    source: ({ payload }) => finder(payload)('items.0.channelId', 'items.0.data.channelId'),
  },
  setup: `
1. Open **your app → Integrations → New integration rule → Webhook**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **API key that signs**, and give it to Bellhop.`,
});
