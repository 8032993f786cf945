import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { timestamped } from '../signatures/timestamped.ts';

export default defineProvider({
  title: 'ElevenLabs',
  aliases: ['eleven-labs'],
  docs: 'https://elevenlabs.io/docs/overview/administration/webhooks',
  secret: 'theirs',
  evidence: 'vendor',
  signature: timestamped({
    header: 'elevenlabs-signature',
    time: { field: 't', signature: 'v0' },
    separator: '.',
    tolerance: 1_800,
  }),
  eventType: field('type'),
  about: {
    source: field('data.agent_id'),
    subject: ({ payload }) => keyed('conversation', finder(payload)('data.conversation_id')),
    state: field('data.status'),
  },
  setup: `
1. Open **Settings → Webhooks**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **shared secret**, and give it to Bellhop.`,
});
