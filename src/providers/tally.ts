import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { hmac } from '../signatures/hmac.ts';

export default defineProvider({
  title: 'Tally',
  docs: 'https://tally.so/help/webhooks',
  secret: 'ours',
  evidence: 'vendor',
  signature: hmac({ header: 'tally-signature', encoding: 'base64' }),
  eventType: field('eventType'),
  deliveryId: field('eventId'),
  about: {
    source: field('data.formName'),
    subject: ({ payload }) => keyed('response', finder(payload)('data.responseId')),
  },
  setup: `
1. Open **Integrations → Webhooks** and paste {{url}} as the URL.
2. Paste {{secret}} as the **Signing secret**, choose the events you want posted, and save.`,
});
