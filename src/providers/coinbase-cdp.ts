import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { timestamped } from '../signatures/timestamped.ts';

export default defineProvider({
  title: 'Coinbase Developer Platform',
  docs: 'https://docs.cdp.coinbase.com/webhooks/welcome',
  secret: 'theirs',
  evidence: 'community',
  signature: timestamped({ header: 'x-hook0-signature', time: { field: 't', signature: 'v0' }, separator: '.' }),
  eventType: field('eventType'),
  about: {
    source: ({ payload }) => finder(payload)('network', 'networkId'),
    subject: ({ payload }) => keyed('transaction', finder(payload)('transactionHash')),
  },
  setup: `
1. Open **CDP Portal → Webhooks**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **secret**, and give it to Bellhop.`,
});
