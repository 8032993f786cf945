import { randomBytes } from 'node:crypto';
import { field, first } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { hmac } from '../signatures/hmac.ts';

export default defineProvider({
  title: 'Fireflies.ai',
  aliases: ['fireflies-ai'],
  docs: 'https://docs.fireflies.ai/graphql-api/webhooks',
  secret: 'ours',
  makeSecret: () => randomBytes(16).toString('hex'),
  evidence: 'community',
  signature: hmac({ header: 'x-hub-signature', prefix: 'sha256=' }),
  eventType: first(field('event'), field('eventType')),
  about: {
    subject: ({ payload }) => keyed('meeting', finder(payload)('meeting_id', 'meetingId')),
  },
  setup: `
1. Open **Settings → Developer settings → Webhooks** and paste {{url}} as the URL.
2. Paste {{secret}} as the **signing secret**, choose the events you want posted, and save.`,
});
