import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { signedId, standardWebhooks } from '../signatures/standard-webhooks.ts';

export default defineProvider({
  title: 'Anthropic',
  aliases: ['claude'],
  docs: 'https://docs.claude.com/en/docs/build-with-claude/webhooks',
  secret: 'theirs',
  evidence: 'vendor',
  signature: standardWebhooks(),
  eventType: field('type'),
  deliveryId: signedId,
  about: {},
  setup: `
1. Open **Console → Settings → Webhooks**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **signing secret**, and give it to Bellhop.`,
});
