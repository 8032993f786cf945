import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { inHeaders } from '../signatures/carriers/in-headers.ts';
import { asPem } from '../signatures/keys/public-keys.ts';
import { publicKey } from '../signatures/public-key.ts';

export default defineProvider({
  title: 'HighLevel',
  aliases: ['gohighlevel', 'ghl'],
  docs: 'https://marketplace.gohighlevel.com/docs/webhook/WebhookIntegrationGuide/',
  secret: 'theirs',
  evidence: 'community',
  signature: publicKey({ carrier: inHeaders({ header: 'x-wh-signature' }), kind: 'rsa-sha256', key: asPem }),
  eventType: field('type'),
  deliveryId: field('webhookId'),
  about: {
    source: field('locationId'),
    actor: field('email'),
    subject: ({ payload }) => keyed('contact', finder(payload)('contactId', 'id')),
    state: field('status'),
  },
  setup: `
1. Open **your app → Advanced settings → Webhooks**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the public key of HighLevel from [its page](https://marketplace.gohighlevel.com/docs/webhook/WebhookIntegrationGuide/), in PEM, and give it to Bellhop.`,
});
