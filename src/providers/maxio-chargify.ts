import { field, header } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { hmac } from '../signatures/hmac.ts';
import { signedBytes } from '../signatures/signed-bytes.ts';

export default defineProvider({
  title: 'Maxio (Chargify)',
  aliases: ['maxio', 'chargify'],
  docs: 'https://docs.maxio.com/hc/en-us/articles/24266136649869-Webhooks',
  secret: 'theirs',
  evidence: 'community',
  signature: hmac({ header: 'x-chargify-webhook-signature-hmac-sha-256' }),
  eventType: field('event'),
  deliveryId: header('x-chargify-webhook-id'),
  // It signs the body alone.
  identity: signedBytes('x-chargify-webhook-signature-hmac-sha-256'),
  about: {
    source: ({ payload }) => finder(payload)('payload.site.subdomain', 'payload[site][subdomain]'),
    subject: ({ payload }) => keyed('subscription', finder(payload)('payload.subscription.id')),
    state: field('payload.subscription.state'),
  },
  setup: `
1. Open **Config → Settings → Webhooks**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **Shared Key**, and give it to Bellhop.`,
});
