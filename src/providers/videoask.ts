import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { ownHeader, ownHeaderOption } from '../signatures/token.ts';

export default defineProvider({
  title: 'VideoAsk',
  docs: 'https://developers.videoask.com',
  secret: 'ours',
  evidence: 'community',
  options: ownHeaderOption,
  signature: ownHeader,
  eventType: field('event_type'),
  deliveryId: field('event_id'),
  about: {
    source: field('form.title'),
    actor: field('contact.name'),
    subject: ({ payload }) => keyed('interaction', finder(payload)('interaction_id')),
  },
  setup: `
1. Open **Connect → Webhooks** and paste {{url}} as the URL.
2. Add a header there: \`Authorization: Bearer {{secret}}\`. With \`header=…\` the secret stands alone in a header of that name.`,
});
