import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { hmac } from '../signatures/hmac.ts';
import { asNormalized } from '../signatures/keys/secret-keys.ts';

export default defineProvider({
  title: 'EasyPost',
  docs: 'https://docs.easypost.com/guides/webhooks-guide',
  secret: 'ours',
  evidence: 'vendor',
  signature: hmac({ header: 'x-hmac-signature', prefix: 'hmac-sha256-hex=', key: asNormalized }),
  eventType: field('description'),
  deliveryId: field('id'),
  about: {
    subject: ({ payload }) => keyed('object', finder(payload)('result.id')),
    state: field('result.status'),
  },
  setup: `
1. Open **Account Settings → Webhooks & API Keys** and paste {{url}} as the URL.
2. Paste {{secret}} as the **webhook secret**, choose the events you want posted, and save.`,
});
