import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { asBase64AfterLast } from '../signatures/keys/secret-keys.ts';
import { signedId, standardWebhooks } from '../signatures/standard-webhooks.ts';

export default defineProvider({
  title: 'Replicate',
  docs: 'https://replicate.com/docs/topics/webhooks/verify-webhook',
  secret: 'theirs',
  evidence: 'vendor',
  signature: standardWebhooks({ key: asBase64AfterLast('_') }),
  eventType: field('status'),
  deliveryId: signedId,
  about: {
    source: ({ payload }) => finder(payload)('model', 'version'),
    subject: ({ payload }) => keyed('prediction', finder(payload)('id')),
    state: field('status'),
    url: field('urls.web'),
  },
  setup: `
1. Open **Account settings → Webhooks**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **signing secret**, and give it to Bellhop.`,
});
