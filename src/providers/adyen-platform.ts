import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { hmac } from '../signatures/hmac.ts';
import { asHex } from '../signatures/keys/secret-keys.ts';

export default defineProvider({
  title: 'Adyen for Platforms',
  docs: 'https://docs.adyen.com/development-resources/webhooks/verify-hmac-signatures',
  secret: 'theirs',
  evidence: 'vendor',
  signature: hmac({ header: 'hmacsignature', encoding: 'base64', key: asHex }),
  eventType: field('type'),
  about: {
    source: field('environment'),
    subject: ({ payload }) => keyed('object', finder(payload)('data.id')),
    state: field('data.status'),
  },
  setup: `
1. Open **Developers → Webhooks → Platforms**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **HMAC key**, and give it to Bellhop.`,
});
