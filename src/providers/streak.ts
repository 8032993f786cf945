import { field, first } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { guessType } from '../reading/read-payload.ts';
import { token } from '../signatures/token.ts';

export default defineProvider({
  title: 'Streak',
  docs: 'https://streak.readme.io/reference/webhooks',
  secret: 'theirs',
  evidence: 'community',
  signature: token({ header: 'x-streak-webhook-token' }),
  eventType: first(field('event'), field('type'), guessType),
  about: {
    subject: ({ payload }) => keyed('box', finder(payload)('boxKey', 'key')),
  },
  setup: `
1. Use the API: create a webhook, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **webhook token**, and give it to Bellhop.`,
});
