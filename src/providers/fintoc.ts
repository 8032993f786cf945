import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { timestamped } from '../signatures/timestamped.ts';

export default defineProvider({
  title: 'Fintoc',
  docs: 'https://docs.fintoc.com/docs/webhooks-walkthrough',
  secret: 'theirs',
  evidence: 'community',
  signature: timestamped({ header: 'fintoc-signature', time: { field: 't', signature: 'v1' }, separator: '.' }),
  eventType: field('type'),
  deliveryId: field('id'),
  about: {
    subject: ({ payload }) => keyed('object', finder(payload)('data.id')),
    state: field('data.status'),
  },
  setup: `
1. Open **Dashboard → Developers → Webhooks**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **secret**, and give it to Bellhop.`,
});
