import { field, first } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { guessType } from '../reading/read-payload.ts';
import { signedId, standardWebhooks } from '../signatures/standard-webhooks.ts';

export default defineProvider({
  title: 'Sardine',
  docs: 'https://docs.sardine.ai',
  secret: 'theirs',
  evidence: 'vendor',
  signature: standardWebhooks(),
  eventType: first(field('type'), guessType),
  deliveryId: signedId,
  about: {
    subject: ({ payload }) => keyed('case', finder(payload)('data.case.sessionKey', 'data.sessionKey')),
    state: field('data.case.status'),
  },
  setup: `
1. Open **Dashboard → Developers → Webhooks**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **signing secret**, and give it to Bellhop.`,
});
