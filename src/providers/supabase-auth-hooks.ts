import { field, first } from '../core/delivery/readers.ts';
import { jsonAnswer } from '../core/provider/handshake.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { guessType } from '../reading/read-payload.ts';
import { signedId, standardWebhooks } from '../signatures/standard-webhooks.ts';

export default defineProvider({
  title: 'Supabase Auth Hooks',
  docs: 'https://supabase.com/docs/guides/auth/auth-hooks',
  secret: 'theirs',
  evidence: 'community',
  signature: standardWebhooks(),
  answers: { taken: () => jsonAnswer({}) },
  eventType: first(field('metadata.name'), guessType),
  deliveryId: signedId,
  about: {
    actor: field('user.email'),
    subject: ({ payload }) => keyed('user', finder(payload)('user.id')),
  },
  setup: `
1. Open **Authentication → Hooks → Add hook**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **signing secret**, and give it to Bellhop.`,
});
