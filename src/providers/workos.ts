import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { timestamped } from '../signatures/timestamped.ts';

export default defineProvider({
  title: 'WorkOS',
  docs: 'https://workos.com/docs/events/data-syncing/webhooks',
  secret: 'theirs',
  evidence: 'vendor',
  signature: timestamped({
    header: 'workos-signature',
    time: { field: 't', signature: 'v1' },
    unit: 'milliseconds',
    separator: '.',
    tolerance: 180,
  }),
  eventType: field('event'),
  deliveryId: field('id'),
  about: {
    source: field('data.organization_id'),
    actor: field('data.email'),
    subject: ({ payload }) => keyed('object', finder(payload)('data.id')),
    state: field('data.state'),
  },
  setup: `
1. Open **Developer → Webhooks → Create Webhook**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **secret**, and give it to Bellhop.`,
});
