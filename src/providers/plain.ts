import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { hmac } from '../signatures/hmac.ts';
import { stamped } from '../signatures/stamped.ts';

export default defineProvider({
  title: 'Plain',
  docs: 'https://www.plain.com/docs/api-reference/webhooks',
  secret: 'theirs',
  evidence: 'community',
  signature: stamped(hmac({ header: 'plain-request-signature' }), {
    field: 'webhookMetadata.webhookDeliveryAttemptTimestamp',
    unit: 'iso',
    tolerance: 300,
  }),
  eventType: field('type'),
  deliveryId: field('id'),
  about: {
    source: field('workspaceId'),
    actor: ({ payload }) => finder(payload)('payload.customer.fullName', 'payload.thread.customer.fullName'),
    subject: ({ payload }) => keyed('thread', finder(payload)('payload.thread.id')),
    state: field('payload.thread.status'),
  },
  setup: `
1. Open **Settings → Webhooks**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **request signing secret**, and give it to Bellhop.`,
});
