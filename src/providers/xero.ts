import { joined } from '../core/delivery/joined.ts';
import { at, field, textAt } from '../core/delivery/readers.ts';
import { plainAnswer } from '../core/provider/handshake.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { isEmptyList } from '../handshakes/harmless.ts';
import { ping } from '../handshakes/ping.ts';
import { finder, keyed } from '../reading/finder.ts';
import { hmac } from '../signatures/hmac.ts';

export default defineProvider({
  title: 'Xero',
  docs: 'https://developer.xero.com/documentation/guides/webhooks/overview/',
  secret: 'theirs',
  evidence: 'vendor',
  signature: hmac({ header: 'x-xero-signature', encoding: 'base64' }),
  handshake: ping({ when: ({ payload }) => isEmptyList(at(payload, 'events')) }),
  answers: { taken: () => plainAnswer('') },
  events: 'events.*',
  eventType: ({ payload }) =>
    joined('.', textAt(payload, 'events.0.eventCategory'), textAt(payload, 'events.0.eventType')),
  about: {
    source: field('events.0.tenantId'),
    subject: ({ payload }) => keyed('resource', finder(payload)('events.0.resourceId')),
    url: field('events.0.resourceUrl'),
  },
  setup: `
1. Open **your app → Webhooks**, paste {{url}} as the delivery URL, and choose the events you want posted.
2. Copy the **Webhooks key**, give it to Bellhop, and press **Send intent to receive**.`,
});
