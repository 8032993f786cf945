import { field, first, header } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { guessType } from '../reading/read-payload.ts';
import { timestamped } from '../signatures/timestamped.ts';

export default defineProvider({
  title: 'Zendesk',
  docs: 'https://developer.zendesk.com/documentation/webhooks/verifying/',
  secret: 'theirs',
  evidence: 'vendor',
  signature: timestamped({
    header: 'x-zendesk-webhook-signature',
    time: { header: 'x-zendesk-webhook-signature-timestamp' },
    unit: 'iso',
    encoding: 'base64',
  }),
  eventType: first(field('type'), guessType),
  deliveryId: header('x-zendesk-webhook-invocation-id'),
  about: {
    source: ({ payload }) => finder(payload)('detail.brand_id', 'ticket.brand'),
    actor: ({ payload }) => finder(payload)('detail.actor_id', 'current_user.name'),
    subject: ({ payload }) => keyed('ticket', finder(payload)('detail.id', 'ticket.id')),
    state: ({ payload }) => finder(payload)('detail.status', 'ticket.status'),
    url: field('ticket.url'),
  },
  setup: `
1. Open **Admin Center → Apps and integrations → Webhooks**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **signing secret**, and give it to Bellhop.`,
});
