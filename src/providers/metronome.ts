import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { body, time } from '../signatures/text/parts.ts';
import { timestamped } from '../signatures/timestamped.ts';

export default defineProvider({
  title: 'Metronome',
  docs: 'https://docs.metronome.com/integrations/webhooks/',
  secret: 'theirs',
  evidence: 'community',
  signature: timestamped({
    header: 'metronome-webhook-signature',
    time: { header: 'x-metronome-date' },
    unit: 'http',
    signed: [time, '\n', body],
  }),
  eventType: field('type'),
  deliveryId: field('id'),
  about: {
    subject: ({ payload }) => keyed('customer', finder(payload)('properties.customer_id')),
  },
  setup: `
1. Open **Connections → Webhooks**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **secret**, and give it to Bellhop.`,
});
