import { joined } from '../core/delivery/joined.ts';
import { field, textAt } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { hmac } from '../signatures/hmac.ts';

export default defineProvider({
  title: 'Onfido',
  docs: 'https://documentation.onfido.com/api/latest/#webhooks',
  secret: 'theirs',
  evidence: 'community',
  signature: hmac({ header: 'x-sha2-signature' }),
  eventType: ({ payload }) => joined('.', textAt(payload, 'payload.resource_type'), textAt(payload, 'payload.action')),
  deliveryId: ({ payload }) =>
    joined('/', textAt(payload, 'payload.object.id'), textAt(payload, 'payload.object.completed_at_iso8601')),
  about: {
    subject: ({ payload }) => keyed('check', finder(payload)('payload.object.id')),
    state: field('payload.object.status'),
    url: field('payload.object.href'),
  },
  setup: `
1. Open **Dashboard → Developers → Webhooks**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **webhook token**, and give it to Bellhop.`,
});
