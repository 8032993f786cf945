import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { body, time } from '../signatures/text/parts.ts';
import { timestamped } from '../signatures/timestamped.ts';

export default defineProvider({
  title: 'Orb',
  docs: 'https://docs.withorb.com/integrations-and-exports/webhooks',
  secret: 'theirs',
  evidence: 'vendor',
  signature: timestamped({
    header: 'x-orb-signature',
    time: { header: 'x-orb-timestamp' },
    prefix: 'v1=',
    list: ' ',
    unit: 'iso',
    signed: ['v1:', time, ':', body],
  }),
  eventType: field('type'),
  deliveryId: field('id'),
  about: {
    actor: ({ payload }) => finder(payload)('customer.name', 'subscription.customer.name'),
    subject: ({ payload }) => keyed('invoice', finder(payload)('invoice.id')),
    state: field('invoice.status'),
  },
  setup: `
1. Open **Developers → Webhooks**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **signing secret**, and give it to Bellhop.`,
});
