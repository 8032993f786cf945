import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { ownHeader, ownHeaderOption } from '../signatures/token.ts';

export default defineProvider({
  title: 'Brevo',
  aliases: ['sendinblue'],
  docs: 'https://developers.brevo.com/docs/secured-webhooks',
  secret: 'ours',
  evidence: 'community',
  options: ownHeaderOption,
  signature: ownHeader,
  eventType: field('event'),
  deliveryId: field('uuid'),
  about: {
    source: ({ payload }) => finder(payload)('sender_email', 'tag'),
    actor: field('email'),
    subject: ({ payload }) => keyed('message', finder(payload)('message-id')),
  },
  setup: `
1. Open **Transactional → Settings → Webhook** and paste {{url}} as the URL.
2. Add a header there: \`Authorization: Bearer {{secret}}\`. With \`header=…\` the secret stands alone in a header of that name.`,
});
