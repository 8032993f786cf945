import { field, first, header } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { hmac } from '../signatures/hmac.ts';

export default defineProvider({
  title: 'Dwolla',
  docs: 'https://developers.dwolla.com/docs/balance/webhooks/create-subscription',
  secret: 'ours',
  evidence: 'community',
  signature: hmac({ header: 'x-request-signature-sha-256' }),
  eventType: first(header('x-dwolla-topic'), field('topic')),
  deliveryId: field('id'),
  about: {
    subject: ({ payload }) => keyed('resource', finder(payload)('resourceId')),
    url: field('_links.resource.href'),
  },
  setup: `
1. Use the API: create a webhook subscription and paste {{url}} as the URL.
2. Paste {{secret}} as the **secret**, choose the events you want posted, and save.`,
});
