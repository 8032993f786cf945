import { field, first } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { guessType } from '../reading/read-payload.ts';
import { hmac } from '../signatures/hmac.ts';

export default defineProvider({
  title: 'Bolt',
  docs: 'https://help.bolt.com/developers/webhooks/',
  secret: 'theirs',
  evidence: 'community',
  signature: hmac({ header: 'x-bolt-hmac-sha256', encoding: 'base64' }),
  eventType: first(field('type'), field('notification_type'), guessType),
  about: {
    source: field('display_id'),
    subject: ({ payload }) => keyed('transaction', finder(payload)('id')),
    state: field('status'),
  },
  setup: `
1. Open **Developers → Webhooks**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **signing secret**, and give it to Bellhop.`,
});
