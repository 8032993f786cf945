import { field, header } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { body, time } from '../signatures/text/parts.ts';
import { A_DAY, timestamped } from '../signatures/timestamped.ts';

export default defineProvider({
  title: 'Klaviyo',
  docs: 'https://developers.klaviyo.com/en/docs/working_with_system_webhooks',
  secret: 'ours',
  evidence: 'vendor',
  signature: timestamped({
    header: 'klaviyo-signature',
    time: { header: 'klaviyo-timestamp' },
    unit: 'http',
    signed: [body, time],
    tolerance: A_DAY,
  }),
  events: 'data.*',
  eventType: field('data.0.topic'),
  deliveryId: header('klaviyo-webhook-id'),
  about: {
    source: field('meta.klaviyo_account_id'),
    subject: ({ payload }) => keyed('event', finder(payload)('data.0.external_id')),
  },
  setup: `
1. Open **Settings → Webhooks** and paste {{url}} as the URL.
2. Paste {{secret}} as the **Secret key**, choose the events you want posted, and save.`,
});
