import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { timestamped } from '../signatures/timestamped.ts';

export default defineProvider({
  title: 'Tailscale',
  docs: 'https://tailscale.com/kb/1213/webhooks',
  secret: 'theirs',
  evidence: 'vendor',
  signature: timestamped({
    header: 'tailscale-webhook-signature',
    time: { field: 't', signature: 'v1' },
    separator: '.',
  }),
  eventType: field('0.type'),
  about: {
    source: field('0.tailnet'),
    actor: field('0.data.actor'),
    subject: ({ payload }) => keyed('node', finder(payload)('0.data.nodeID')),
    url: field('0.data.url'),
  },
  setup: `
1. Open **Settings → Webhooks → Add endpoint**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **secret**, and give it to Bellhop.`,
});
