import { joined } from '../core/delivery/joined.ts';
import { field, textAt } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { A_DAY, timestamped } from '../signatures/timestamped.ts';

export default defineProvider({
  title: 'Langfuse',
  docs: 'https://langfuse.com/docs/prompt-management/features/webhooks-slack-integrations',
  secret: 'theirs',
  evidence: 'community',
  signature: timestamped({
    header: 'x-langfuse-signature',
    time: { field: 't', signature: 'v1' },
    separator: '.',
    tolerance: A_DAY,
  }),
  eventType: ({ payload }) => joined('.', textAt(payload, 'type'), textAt(payload, 'action')),
  deliveryId: field('id'),
  about: {
    source: field('prompt.name'),
    subject: ({ payload }) => keyed('prompt', finder(payload)('prompt.id')),
  },
  setup: `
1. Open **Prompts → Automations**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **signing secret**, and give it to Bellhop.`,
});
