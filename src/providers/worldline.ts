import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { echoHeader } from '../handshakes/echo-header.ts';
import { finder, keyed } from '../reading/finder.ts';
import { hmac } from '../signatures/hmac.ts';

export default defineProvider({
  title: 'Worldline Connect',
  docs: 'https://docs.connect.worldline-solutions.com/documentation/webhooks/',
  secret: 'theirs',
  evidence: 'vendor',
  signature: hmac({ header: 'x-gcs-signature', encoding: 'base64' }),
  handshake: echoHeader({ method: 'GET', header: 'x-gcs-webhooks-endpoint-verification', as: 'body' }),
  eventType: field('type'),
  deliveryId: field('id'),
  about: {
    source: field('merchantId'),
    subject: ({ payload }) => keyed('payment', finder(payload)('payment.id')),
    state: field('payment.status'),
  },
  setup: `
1. Open **Configuration Center → Webhooks**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **secret key**, and give it to Bellhop.`,
});
