import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { body, time } from '../signatures/text/parts.ts';
import { timestamped } from '../signatures/timestamped.ts';

export default defineProvider({
  title: 'Retell AI',
  aliases: ['retell-ai'],
  docs: 'https://docs.retellai.com/features/secure-webhook',
  secret: 'theirs',
  evidence: 'community',
  signature: timestamped({
    header: 'x-retell-signature',
    time: { field: 'v', signature: 'd' },
    unit: 'milliseconds',
    signed: [body, time],
  }),
  eventType: field('event'),
  about: {
    source: ({ payload }) => finder(payload)('call.agent_name', 'call.agent_id'),
    subject: ({ payload }) => keyed('call', finder(payload)('call.call_id')),
    state: field('call.call_status'),
  },
  setup: `
1. Open **Settings → Webhooks** and paste {{url}} as the URL.
2. Open **Dashboard → Keys**, copy the **API key** with the webhook badge, and give it to Bellhop.`,
});
