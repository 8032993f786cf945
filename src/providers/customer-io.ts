import { joined } from '../core/delivery/joined.ts';
import { field, textAt } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { body, time } from '../signatures/text/parts.ts';
import { timestamped } from '../signatures/timestamped.ts';

export default defineProvider({
  title: 'Customer.io',
  aliases: ['customerio'],
  docs: 'https://docs.customer.io/messaging/webhooks/',
  secret: 'theirs',
  evidence: 'vendor',
  signature: timestamped({
    header: 'x-cio-signature',
    time: { header: 'x-cio-timestamp' },
    signed: ['v0:', time, ':', body],
  }),
  eventType: ({ payload }) => joined('.', textAt(payload, 'object_type'), textAt(payload, 'metric')),
  deliveryId: field('event_id'),
  about: {
    source: ({ payload }) => finder(payload)('data.campaign_id', 'data.broadcast_id'),
    actor: ({ payload }) => finder(payload)('data.recipient', 'data.identifiers.email'),
    subject: ({ payload }) => keyed('delivery', finder(payload)('data.delivery_id')),
    state: field('metric'),
  },
  setup: `
1. Open **Integrations → Reporting Webhooks**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **signing key**, and give it to Bellhop.`,
});
