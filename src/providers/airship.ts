import { field, first } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { guessType } from '../reading/read-payload.ts';
import { timestamped } from '../signatures/timestamped.ts';

export default defineProvider({
  title: 'Airship',
  docs: 'https://docs.airship.com/guides/messaging/features/external-data-feeds/',
  secret: 'theirs',
  evidence: 'community',
  signature: timestamped({ header: 'x-ua-signature', time: { header: 'x-ua-timestamp' }, separator: ':' }),
  eventType: first(field('type'), guessType),
  about: {},
  setup: `
1. Open **Real-Time Data Streaming → Webhook**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **secret**, and give it to Bellhop.`,
});
