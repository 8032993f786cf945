import { field, first } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { guessType } from '../reading/read-payload.ts';
import { unsigned } from '../signatures/unsigned.ts';

export default defineProvider({
  title: 'Affinity',
  aliases: ['shipstation', 'lemlist', 'email-bison'],
  docs: 'https://api-docs.affinity.co/#webhooks',
  secret: 'none',
  evidence: 'community',
  signature: unsigned(),
  eventType: first(field('type'), field('event'), guessType),
  about: {
    subject: ({ payload }) => keyed('object', finder(payload)('body.id')),
  },
  setup: `
1. Use the API: create a webhook subscription and paste {{url}} as the URL.`,
});
