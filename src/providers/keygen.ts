import { field, first } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { guessType } from '../reading/read-payload.ts';
import { keygen } from '../signatures/own/keygen.ts';

export default defineProvider({
  title: 'Keygen',
  docs: 'https://keygen.sh/docs/api/webhooks/',
  secret: 'theirs',
  evidence: 'community',
  signature: keygen,
  eventType: first(field('data.attributes.event'), guessType),
  deliveryId: field('data.id'),
  about: {
    subject: ({ payload }) => keyed('event', finder(payload)('data.id')),
  },
  setup: `
1. Open **Settings → Webhooks** and paste {{url}} as the URL.
2. Open **Settings**, copy the Ed25519 **public key** of the account, and give it to Bellhop.`,
});
