import { field, first } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { guessType } from '../reading/read-payload.ts';
import { timestamped } from '../signatures/timestamped.ts';

export default defineProvider({
  title: 'Knock',
  docs: 'https://docs.knock.app/developer-tools/outbound-webhooks/overview',
  secret: 'theirs',
  evidence: 'community',
  signature: timestamped({
    header: 'x-knock-signature',
    time: { field: 't', signature: 's' },
    unit: 'milliseconds',
    separator: '.',
    encoding: 'base64',
  }),
  eventType: first(field('type'), guessType),
  about: {
    source: field('data.workflow'),
    actor: field('data.recipient'),
    subject: ({ payload }) => keyed('message', finder(payload)('data.id')),
    state: field('data.status'),
  },
  setup: `
1. Open **Developers → Webhooks**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **signing key**, and give it to Bellhop.`,
});
