import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { signedId, standardWebhooks } from '../signatures/standard-webhooks.ts';

export default defineProvider({
  title: 'Resend',
  docs: 'https://resend.com/docs/dashboard/webhooks/introduction',
  secret: 'theirs',
  evidence: 'vendor',
  signature: standardWebhooks(),
  eventType: field('type'),
  deliveryId: signedId,
  about: {
    source: field('data.from'),
    subject: ({ payload }) => keyed('email', finder(payload)('data.email_id')),
  },
  setup: `
1. Open **Webhooks → Add Webhook**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **signing secret**, and give it to Bellhop.`,
});
