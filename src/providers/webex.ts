import { joined } from '../core/delivery/joined.ts';
import { field, textAt } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { hmac } from '../signatures/hmac.ts';

export default defineProvider({
  title: 'Cisco Webex',
  aliases: ['cisco-webex'],
  docs: 'https://developer.webex.com/docs/webhooks',
  secret: 'ours',
  evidence: 'vendor',
  signature: hmac({ header: 'x-spark-signature', algorithm: 'sha1' }),
  eventType: ({ payload }) => joined('.', textAt(payload, 'resource'), textAt(payload, 'event')),
  deliveryId: ({ payload }) => joined('/', textAt(payload, 'data.id'), textAt(payload, 'event')),
  about: {
    source: field('data.roomId'),
    actor: field('data.personEmail'),
    subject: ({ payload }) => keyed('message', finder(payload)('data.id')),
    state: field('status'),
  },
  setup: `
1. Use the API: create a webhook and paste {{url}} as the URL.
2. Paste {{secret}} as the **secret**, choose the events you want posted, and save.`,
});
