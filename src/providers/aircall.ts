import { joined } from '../core/delivery/joined.ts';
import { field, textAt } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { tokenInPayload } from '../signatures/token-in-payload.ts';

export default defineProvider({
  title: 'Aircall',
  docs: 'https://developer.aircall.io/api-references/#webhooks',
  secret: 'theirs',
  evidence: 'vendor',
  signature: tokenInPayload({ field: 'token' }),
  eventType: field('event'),
  deliveryId: ({ payload }) =>
    joined('/', textAt(payload, 'data.id'), textAt(payload, 'event'), textAt(payload, 'timestamp')),
  about: {
    source: field('data.number.name'),
    actor: field('data.user.name'),
    subject: ({ payload }) => keyed('call', finder(payload)('data.id')),
    state: field('data.status'),
    url: field('data.direct_link'),
  },
  setup: `
1. Open **Integrations → Webhook**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **token**, and give it to Bellhop.`,
});
