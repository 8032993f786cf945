import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { hmac } from '../signatures/hmac.ts';

export default defineProvider({
  title: 'Typeform',
  docs: 'https://www.typeform.com/developers/webhooks/secure-your-webhooks/',
  secret: 'ours',
  evidence: 'vendor',
  signature: hmac({ header: 'typeform-signature', prefix: 'sha256=', encoding: 'base64' }),
  eventType: field('event_type'),
  deliveryId: field('event_id'),
  about: {
    source: ({ payload }) => finder(payload)('form_response.definition.title', 'form_response.form_id'),
    subject: ({ payload }) => keyed('response', finder(payload)('form_response.token')),
  },
  setup: `
1. Open **Connect → Webhooks → Add a webhook** and paste {{url}} as the URL.
2. Paste {{secret}} as the **Secret**, choose the events you want posted, and save.`,
});
