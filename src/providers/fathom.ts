import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { guessType } from '../reading/read-payload.ts';
import { signedId, standardWebhooks } from '../signatures/standard-webhooks.ts';

export default defineProvider({
  title: 'Fathom',
  docs: 'https://developers.fathom.ai/webhooks',
  secret: 'theirs',
  evidence: 'community',
  signature: standardWebhooks(),
  eventType: guessType,
  deliveryId: signedId,
  about: {
    actor: field('recorded_by.name'),
    subject: ({ payload }) => keyed('recording', finder(payload)('recording_id')),
    url: ({ payload }) => finder(payload)('url', 'share_url'),
  },
  setup: `
1. Open **Settings → API Access → Webhooks**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **signing secret**, and give it to Bellhop.`,
});
