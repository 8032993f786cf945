import { field, first } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { signedId, standardWebhooks } from '../signatures/standard-webhooks.ts';

export default defineProvider({
  title: 'Loops',
  docs: 'https://loops.so/docs/webhooks',
  secret: 'theirs',
  evidence: 'vendor',
  signature: standardWebhooks(),
  eventType: first(field('eventName'), field('type')),
  deliveryId: signedId,
  about: {
    actor: field('contactIdentity.email'),
    subject: ({ payload }) => keyed('contact', finder(payload)('contactIdentity.id')),
  },
  setup: `
1. Open **Settings → Webhooks**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **signing secret**, and give it to Bellhop.`,
});
