import { field, header } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { fal } from '../signatures/published/fal.ts';

export default defineProvider({
  title: 'fal.ai',
  aliases: ['fal'],
  docs: 'https://docs.fal.ai/model-apis/model-endpoints/webhooks',
  secret: 'none',
  evidence: 'community',
  signature: fal,
  eventType: field('status'),
  deliveryId: header('x-fal-webhook-request-id'),
  about: {
    subject: ({ payload }) => keyed('request', finder(payload)('request_id')),
    state: field('status'),
  },
  setup: `
1. Give {{url}} as \`webhookUrl\` (or \`fal_webhook\`) when you submit a request to the queue.
2. Nothing else is needed: fal.ai signs with keys that it publishes.`,
});
