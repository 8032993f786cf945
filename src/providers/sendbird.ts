import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { hmac } from '../signatures/hmac.ts';

export default defineProvider({
  title: 'Sendbird',
  docs: 'https://sendbird.com/docs/chat/platform-api/v3/webhook/webhook-overview',
  secret: 'theirs',
  evidence: 'community',
  signature: hmac({ header: 'x-sendbird-signature' }),
  eventType: field('category'),
  about: {
    source: ({ payload }) => finder(payload)('channel.name', 'channel.channel_url', 'app_id'),
    actor: field('sender.nickname'),
    subject: ({ payload }) => keyed('channel', finder(payload)('channel.channel_url')),
  },
  setup: `
1. Open **Dashboard → Settings → Chat → Webhooks**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **master API token**, and give it to Bellhop.`,
});
