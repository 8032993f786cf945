import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { A_DAY, timestamped } from '../signatures/timestamped.ts';

export default defineProvider({
  title: 'Cloudflare Stream',
  docs: 'https://developers.cloudflare.com/stream/manage-video-library/using-webhooks/',
  secret: 'theirs',
  evidence: 'community',
  signature: timestamped({
    header: 'webhook-signature',
    time: { field: 'time', signature: 'sig1' },
    separator: '.',
    tolerance: A_DAY,
  }),
  eventType: field('status.state'),
  about: {
    source: field('meta.name'),
    subject: ({ payload }) => keyed('video', finder(payload)('uid')),
    state: field('status.state'),
    url: field('preview'),
  },
  setup: `
1. Use the API: \`PUT /stream/webhook\`, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **secret**, and give it to Bellhop.`,
});
