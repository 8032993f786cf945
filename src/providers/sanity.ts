import { field, first, header } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { guessType } from '../reading/read-payload.ts';
import { A_DAY, timestamped } from '../signatures/timestamped.ts';

export default defineProvider({
  title: 'Sanity',
  docs: 'https://www.sanity.io/docs/content-lake/webhooks',
  secret: 'ours',
  evidence: 'vendor',
  signature: timestamped({
    header: 'sanity-webhook-signature',
    time: { field: 't', signature: 'v1' },
    unit: 'milliseconds',
    separator: '.',
    tolerance: A_DAY,
    encoding: 'base64url',
  }),
  eventType: first(header('sanity-operation'), field('_type'), guessType),
  deliveryId: header('idempotency-key'),
  about: {
    source: header('sanity-dataset'),
    subject: ({ payload }) => keyed('document', finder(payload)('_id')),
  },
  setup: `
1. Open **Manage → API → Webhooks → Create webhook** and paste {{url}} as the URL.
2. Paste {{secret}} as the **Secret**, choose the events you want posted, and save.`,
});
