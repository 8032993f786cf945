import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { asWhsecOrText } from '../signatures/keys/secret-keys.ts';
import { signedId, standardWebhooks } from '../signatures/standard-webhooks.ts';

export default defineProvider({
  title: 'OpenAI',
  docs: 'https://platform.openai.com/docs/guides/webhooks',
  secret: 'theirs',
  evidence: 'vendor',
  signature: standardWebhooks({ key: asWhsecOrText }),
  eventType: field('type'),
  deliveryId: signedId,
  about: {
    subject: ({ payload }) => keyed('object', finder(payload)('data.id')),
  },
  setup: `
1. Open **Settings → Project → Webhooks**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **signing secret**, and give it to Bellhop.`,
});
