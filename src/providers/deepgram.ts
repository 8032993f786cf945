import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { token } from '../signatures/token.ts';

export default defineProvider({
  title: 'Deepgram',
  docs: 'https://developers.deepgram.com/docs/callback',
  secret: 'theirs',
  evidence: 'community',
  signature: token({ header: 'dg-token' }),
  eventType: () => 'transcript',
  deliveryId: field('metadata.request_id'),
  about: {
    source: field('metadata.models.0'),
    subject: ({ payload }) => keyed('request', finder(payload)('metadata.request_id')),
  },
  setup: `
1. Give {{url}} as \`callback\` with a request.
2. Copy the **API key identifier** from the console, and give it to Bellhop.`,
});
