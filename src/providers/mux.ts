import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { timestamped } from '../signatures/timestamped.ts';

export default defineProvider({
  title: 'Mux',
  docs: 'https://www.mux.com/docs/core/listen-for-webhooks',
  secret: 'theirs',
  evidence: 'vendor',
  signature: timestamped({ header: 'mux-signature', time: { field: 't', signature: 'v1' }, separator: '.' }),
  eventType: field('type'),
  deliveryId: field('id'),
  about: {
    source: field('environment.name'),
    subject: ({ payload }) => keyed('object', finder(payload)('object.id')),
    state: field('data.status'),
  },
  setup: `
1. Open **Settings → Webhooks**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **signing secret**, and give it to Bellhop.`,
});
