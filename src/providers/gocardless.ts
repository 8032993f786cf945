import { joined } from '../core/delivery/joined.ts';
import { field, textAt } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { hmac } from '../signatures/hmac.ts';

export default defineProvider({
  title: 'GoCardless',
  docs: 'https://developer.gocardless.com/api-reference/#webhooks-overview',
  secret: 'theirs',
  evidence: 'vendor',
  signature: hmac({ header: 'webhook-signature' }),
  events: 'events.*',
  eventType: ({ payload }) =>
    joined('.', textAt(payload, 'events.0.resource_type'), textAt(payload, 'events.0.action')),
  deliveryId: field('meta.webhook_id'),
  about: {
    source: field('events.0.links.organisation'),
    subject: ({ payload }) => keyed('payment', finder(payload)('events.0.links.payment')),
    state: field('events.0.action'),
  },
  setup: `
1. Open **Developers → Create → Webhook endpoint**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **secret**, and give it to Bellhop.`,
});
