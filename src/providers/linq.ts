import { field, first } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { signedId, standardWebhooks } from '../signatures/standard-webhooks.ts';

export default defineProvider({
  title: 'Linq',
  docs: 'https://docs.linqapp.com',
  secret: 'theirs',
  evidence: 'community',
  signature: standardWebhooks(),
  eventType: first(field('event_type'), field('type')),
  deliveryId: signedId,
  about: {},
  setup: `
1. Open **Settings → Webhooks**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **signing secret**, and give it to Bellhop.`,
});
