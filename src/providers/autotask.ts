import { joined } from '../core/delivery/joined.ts';
import { textAt } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { hmac } from '../signatures/hmac.ts';

export default defineProvider({
  title: 'Datto Autotask',
  aliases: ['datto'],
  docs: 'https://www.autotask.net/help/developerhelp/Content/APIs/Webhooks/Webhooks.htm',
  secret: 'theirs',
  evidence: 'community',
  signature: hmac({ header: 'x-hook-signature', prefix: 'sha1=', algorithm: 'sha1', encoding: 'base64' }),
  eventType: ({ payload }) => joined('.', textAt(payload, 'EntityType'), textAt(payload, 'Action')),
  deliveryId: ({ payload }) => joined('/', textAt(payload, 'Guid'), textAt(payload, 'SequenceNumber')),
  about: {
    subject: ({ payload }) =>
      keyed(finder(payload)('EntityType', 'entityType') ?? 'entity', finder(payload)('Id', 'id')),
  },
  setup: `
1. Use the API: create a webhook, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **secret key**, and give it to Bellhop.`,
});
