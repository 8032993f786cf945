import { field, first } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { guessType } from '../reading/read-payload.ts';
import { constantContact } from '../signatures/published/constant-contact.ts';

export default defineProvider({
  title: 'Constant Contact',
  docs: 'https://developer.constantcontact.com/api_guide/webhooks_overview.html',
  secret: 'none',
  evidence: 'community',
  signature: constantContact,
  eventType: first(field('event_type'), field('topic'), guessType),
  about: {
    subject: ({ payload }) => keyed('contact', finder(payload)('contact_id')),
  },
  setup: `
1. Open **My Applications → your app → Webhooks** and paste {{url}} as the URL.`,
});
