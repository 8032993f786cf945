import { field, first } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { signedId, standardWebhooks } from '../signatures/standard-webhooks.ts';

export default defineProvider({
  title: 'Recall.ai',
  aliases: ['recall'],
  docs: 'https://docs.recall.ai/docs/webhooks',
  secret: 'theirs',
  evidence: 'community',
  signature: standardWebhooks(),
  eventType: first(field('event'), field('type')),
  deliveryId: signedId,
  about: {
    subject: ({ payload }) => keyed('bot', finder(payload)('data.bot.id')),
    state: field('data.data.code'),
  },
  setup: `
1. Open **Dashboard → Webhooks**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **signing secret**, and give it to Bellhop.`,
});
