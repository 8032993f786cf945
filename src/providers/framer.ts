import { header } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { hmac } from '../signatures/hmac.ts';
import { body, inHeader } from '../signatures/text/parts.ts';

export default defineProvider({
  title: 'Framer forms',
  docs: 'https://www.framer.com/help/articles/how-to-verify-webhook-requests/',
  secret: 'ours',
  evidence: 'community',
  signature: hmac({
    header: 'framer-signature',
    prefix: 'sha256=',
    signed: [body, inHeader('framer-webhook-submission-id', 'id')],
  }),
  eventType: () => 'submission',
  deliveryId: header('framer-webhook-submission-id'),
  about: {},
  setup: `
1. In Framer forms, go to the form → Send To → Webhook and paste {{url}} as the URL.
2. Paste {{secret}} as the **Secret**, choose the events you want posted, and save.`,
});
