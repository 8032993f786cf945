import { field, first } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { guessType } from '../reading/read-payload.ts';
import { signedId, standardWebhooks } from '../signatures/standard-webhooks.ts';

export default defineProvider({
  title: 'beehiiv',
  docs: 'https://developers.beehiiv.com/webhooks/introduction',
  secret: 'theirs',
  evidence: 'community',
  signature: standardWebhooks(),
  eventType: first(field('event_type'), field('type'), guessType),
  deliveryId: signedId,
  about: {
    source: field('publication_id'),
    actor: field('data.email'),
    subject: ({ payload }) => keyed('subscription', finder(payload)('data.id')),
    state: field('data.status'),
  },
  setup: `
1. Open **Settings → Webhooks**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **signing secret**, and give it to Bellhop.`,
});
