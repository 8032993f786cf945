import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { hmac } from '../signatures/hmac.ts';
import { asHex } from '../signatures/keys/secret-keys.ts';

export default defineProvider({
  title: 'Authorize.net',
  docs: 'https://developer.authorize.net/api/reference/features/webhooks.html',
  secret: 'theirs',
  evidence: 'community',
  signature: hmac({ header: 'x-anet-signature', prefix: 'sha512=', algorithm: 'sha512', key: asHex }),
  eventType: field('eventType'),
  deliveryId: field('notificationId'),
  about: {
    subject: ({ payload }) => keyed('transaction', finder(payload)('payload.id')),
  },
  setup: `
1. Open **Account → Settings → Webhooks**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **Signature Key**, and give it to Bellhop.`,
});
