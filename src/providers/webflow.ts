import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { timestamped } from '../signatures/timestamped.ts';

export default defineProvider({
  title: 'Webflow',
  docs: 'https://developers.webflow.com/data/docs/working-with-webhooks',
  secret: 'theirs',
  evidence: 'vendor',
  signature: timestamped({
    header: 'x-webflow-signature',
    time: { header: 'x-webflow-timestamp' },
    unit: 'milliseconds',
    separator: ':',
  }),
  eventType: field('triggerType'),
  about: {
    source: ({ payload }) => finder(payload)('payload.siteId', 'payload.name'),
    subject: ({ payload }) => keyed('item', finder(payload)('payload.id', 'payload._id')),
  },
  setup: `
1. Open **Site settings → Apps & integrations → Webhooks**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **secret key**, and give it to Bellhop.`,
});
