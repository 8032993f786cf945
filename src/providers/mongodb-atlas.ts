import { field, first, header } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { hmac } from '../signatures/hmac.ts';

export default defineProvider({
  title: 'MongoDB Atlas',
  aliases: ['mongodb', 'atlas'],
  docs: 'https://www.mongodb.com/docs/atlas/tutorial/third-party-service-integrations/',
  secret: 'ours',
  evidence: 'community',
  signature: hmac({ header: 'x-mms-signature', algorithm: 'sha1', encoding: 'base64' }),
  eventType: first(header('x-mms-event'), field('eventTypeName')),
  deliveryId: field('id'),
  about: {
    source: ({ payload }) => finder(payload)('clusterName', 'groupId'),
    subject: ({ payload }) => keyed('alert', finder(payload)('id')),
    state: field('status'),
  },
  setup: `
1. Open **Project → Integrations → Webhook** and paste {{url}} as the URL.
2. Paste {{secret}} as the **Webhook Secret**, choose the events you want posted, and save.`,
});
