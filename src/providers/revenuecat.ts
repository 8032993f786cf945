import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { token } from '../signatures/token.ts';

export default defineProvider({
  title: 'RevenueCat',
  docs: 'https://www.revenuecat.com/docs/integrations/webhooks',
  secret: 'ours',
  evidence: 'community',
  signature: token({ header: 'authorization' }),
  eventType: field('event.type'),
  deliveryId: field('event.id'),
  about: {
    source: field('event.app_id'),
    actor: field('event.app_user_id'),
    subject: ({ payload }) => keyed('subscription', finder(payload)('event.original_transaction_id')),
  },
  setup: `
1. Open **Project → Integrations → Webhooks** and paste {{url}} as the URL.
2. Paste {{secret}} as the **Authorization header value**, choose the events you want posted, and save.`,
});
