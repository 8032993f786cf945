import { field, first } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { timestamped } from '../signatures/timestamped.ts';

export default defineProvider({
  title: 'Paddle',
  docs: 'https://developer.paddle.com/webhooks/overview',
  secret: 'theirs',
  evidence: 'vendor',
  signature: timestamped({
    header: 'paddle-signature',
    time: { field: 'ts', signature: 'h1', separator: ';' },
    separator: ':',
  }),
  eventType: field('event_type'),
  deliveryId: first(field('event_id'), field('notification_id')),
  about: {
    subject: ({ payload }) => keyed('object', finder(payload)('data.id')),
    state: field('data.status'),
  },
  setup: `
1. Open **Developer tools → Notifications → New destination**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **secret key**, and give it to Bellhop.`,
});
