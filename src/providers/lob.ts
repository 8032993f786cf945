import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { A_DAY, timestamped } from '../signatures/timestamped.ts';

export default defineProvider({
  title: 'Lob',
  docs: 'https://docs.lob.com/#tag/Webhooks',
  secret: 'theirs',
  evidence: 'community',
  signature: timestamped({
    header: 'lob-signature',
    time: { header: 'lob-signature-timestamp' },
    unit: 'either',
    separator: '.',
    tolerance: A_DAY,
  }),
  eventType: field('event_type.id'),
  deliveryId: field('id'),
  about: {
    subject: ({ payload }) => keyed('object', finder(payload)('reference_id')),
    state: field('body.status'),
    url: field('body.url'),
  },
  setup: `
1. Open **Webhooks → Create**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **webhook secret**, and give it to Bellhop.`,
});
