import { field, first, header } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { asBase64 } from '../signatures/keys/secret-keys.ts';
import { standardWebhooks } from '../signatures/standard-webhooks.ts';

export default defineProvider({
  title: 'Finch',
  docs: 'https://developer.tryfinch.com/implementation-guide/Webhooks',
  secret: 'theirs',
  evidence: 'community',
  signature: standardWebhooks({
    key: asBase64,
    headers: { id: 'finch-event-id', timestamp: 'finch-timestamp', signature: 'finch-signature' },
  }),
  eventType: first(field('event_type'), field('type')),
  deliveryId: header('finch-event-id'),
  about: {
    source: field('company_id'),
    subject: ({ payload }) => keyed('connection', finder(payload)('connection_id')),
    state: field('data.status'),
  },
  setup: `
1. Open **Dashboard → Developers → Webhooks**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **signing secret**, and give it to Bellhop.`,
});
