import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { timestamped } from '../signatures/timestamped.ts';

export default defineProvider({
  title: 'Shippo',
  docs: 'https://docs.goshippo.com/docs/tracking/webhooks/',
  secret: 'theirs',
  evidence: 'community',
  signature: timestamped({ header: 'shippo-auth-signature', time: { field: 't', signature: 'v1' }, separator: '.' }),
  eventType: field('event'),
  about: {
    source: field('data.carrier'),
    subject: ({ payload }) => keyed('tracking', finder(payload)('data.tracking_number')),
    state: field('data.tracking_status.status'),
  },
  setup: `
1. Open **API → Webhooks**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **HMAC secret**, and give it to Bellhop.`,
});
