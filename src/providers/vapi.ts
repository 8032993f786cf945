import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { hmac } from '../signatures/hmac.ts';

export default defineProvider({
  title: 'Vapi',
  docs: 'https://docs.vapi.ai/server-url/server-authentication',
  secret: 'ours',
  evidence: 'community',
  signature: hmac({ header: 'x-vapi-signature' }),
  eventType: field('message.type'),
  about: {
    source: field('message.assistant.name'),
    actor: field('message.customer.number'),
    subject: ({ payload }) => keyed('call', finder(payload)('message.call.id')),
    state: field('message.status'),
  },
  setup: `
1. Open **Dashboard → Server credentials → HMAC** and paste {{secret}} as the secret.
2. Paste {{url}} as the server URL of your assistant or organization, with that credential.`,
});
