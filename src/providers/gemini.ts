import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { signedId, standardWebhooks } from '../signatures/standard-webhooks.ts';

export default defineProvider({
  title: 'Google Gemini API',
  aliases: ['google-gemini'],
  docs: 'https://ai.google.dev/gemini-api/docs/webhooks',
  secret: 'theirs',
  evidence: 'community',
  signature: standardWebhooks(),
  eventType: field('type'),
  deliveryId: signedId,
  about: {},
  setup: `
1. Open **Google AI Studio → Webhooks**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **signing secret**, and give it to Bellhop.`,
});
