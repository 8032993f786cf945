import { joined } from '../core/delivery/joined.ts';
import { field, header, textAt } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { hmac } from '../signatures/hmac.ts';
import { signedBytes } from '../signatures/signed-bytes.ts';

export default defineProvider({
  title: 'Modern Treasury',
  docs: 'https://docs.moderntreasury.com/platform/docs/webhooks',
  secret: 'theirs',
  evidence: 'vendor',
  signature: hmac({ header: 'x-signature' }),
  eventType: (delivery) => joined('.', header('x-topic')(delivery), textAt(delivery.payload, 'event')),
  deliveryId: header('x-webhook-id'),
  // It signs the body alone.
  identity: signedBytes('x-signature'),
  about: {
    subject: ({ payload }) => keyed('object', finder(payload)('data.id')),
    state: field('data.status'),
  },
  setup: `
1. Open **Developers → Webhooks**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **Webhook Key**, and give it to Bellhop.`,
});
