import { field, first } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { guessType } from '../reading/read-payload.ts';
import { inOrder } from '../signatures/carriers/in-fields.ts';
import { mac } from '../signatures/mac.ts';
import { body, time } from '../signatures/text/parts.ts';

export default defineProvider({
  title: 'Recurly',
  docs: 'https://docs.recurly.com/recurly-subscriptions/docs/signature-headers',
  secret: 'theirs',
  evidence: 'community',
  signature: mac({
    carrier: inOrder({ header: 'recurly-signature' }),
    signed: [time, '.', body],
    time: { in: 'signature', unit: 'either', tolerance: 300 },
  }),
  eventType: first(field('event_type'), field('type'), guessType),
  about: {
    source: field('site_id'),
    subject: ({ payload }) => keyed('object', finder(payload)('id')),
  },
  setup: `
1. Open **Integrations → Webhooks**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **secret key**, and give it to Bellhop.`,
});
