import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { hmac } from '../signatures/hmac.ts';

export default defineProvider({
  title: 'Circleback',
  docs: 'https://support.circleback.ai/en/articles/9804341-webhook',
  secret: 'theirs',
  evidence: 'community',
  signature: hmac({ header: 'x-signature' }),
  eventType: () => 'meeting',
  about: {
    subject: ({ payload }) => keyed('meeting', finder(payload)('id')),
    url: field('url'),
  },
  setup: `
1. Open **Automations → Send webhook request**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **signing secret**, and give it to Bellhop.`,
});
