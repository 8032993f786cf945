import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { hmac } from '../signatures/hmac.ts';

export default defineProvider({
  title: 'FastSpring',
  docs: 'https://developer.fastspring.com/reference/webhooks-overview',
  secret: 'ours',
  evidence: 'community',
  signature: hmac({ header: 'x-fs-signature', encoding: 'base64' }),
  eventType: field('events.0.type'),
  deliveryId: field('events.0.id'),
  about: {
    actor: ({ payload }) => finder(payload)('events.0.data.customer.email', 'events.0.data.account.contact.email'),
    subject: ({ payload }) => keyed('order', finder(payload)('events.0.data.order', 'events.0.data.id')),
    state: field('events.0.data.state'),
  },
  setup: `
1. Open **Developer Tools → Webhooks → Configuration** and paste {{url}} as the URL.
2. Paste {{secret}} as the **HMAC SHA256 Secret**, choose the events you want posted, and save.`,
});
