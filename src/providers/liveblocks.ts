import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { asBase64Behind } from '../signatures/keys/secret-keys.ts';
import { signedId, standardWebhooks } from '../signatures/standard-webhooks.ts';

export default defineProvider({
  title: 'Liveblocks',
  docs: 'https://liveblocks.io/docs/platform/webhooks',
  secret: 'theirs',
  evidence: 'vendor',
  signature: standardWebhooks({ key: asBase64Behind('whsec_') }),
  eventType: field('type'),
  deliveryId: signedId,
  about: {
    source: field('data.roomId'),
    subject: ({ payload }) => keyed('room', finder(payload)('data.roomId')),
  },
  setup: `
1. Open **Project → Webhooks → Create endpoint**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **signing secret**, and give it to Bellhop.`,
});
