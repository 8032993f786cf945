import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { hmac } from '../signatures/hmac.ts';

export default defineProvider({
  title: 'Mollie',
  docs: 'https://docs.mollie.com/reference/webhooks-new',
  secret: 'theirs',
  evidence: 'vendor',
  signature: hmac({ header: 'x-mollie-signature', prefix: 'sha256=', repeats: true }),
  eventType: field('type'),
  deliveryId: field('id'),
  about: {
    subject: ({ payload }) => keyed('entity', finder(payload)('entityId')),
    state: field('_embedded.entity.status'),
  },
  setup: `
1. Open **Developers → Webhooks**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **signing secret**, and give it to Bellhop.`,
});
