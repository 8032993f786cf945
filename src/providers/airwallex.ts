import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { timestamped } from '../signatures/timestamped.ts';

export default defineProvider({
  title: 'Airwallex',
  docs: 'https://www.airwallex.com/docs/developer-tools__listen-for-webhook-events',
  secret: 'theirs',
  evidence: 'vendor',
  signature: timestamped({ header: 'x-signature', time: { header: 'x-timestamp' }, unit: 'milliseconds' }),
  eventType: field('name'),
  deliveryId: field('id'),
  about: {
    source: field('account_id'),
    subject: ({ payload }) => keyed('object', finder(payload)('data.object.id', 'sourceId')),
    state: field('data.object.status'),
  },
  setup: `
1. Open **Developer → Webhooks**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **secret**, and give it to Bellhop.`,
});
