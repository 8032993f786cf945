import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { hmac } from '../signatures/hmac.ts';

export default defineProvider({
  title: 'Cronofy',
  docs: 'https://docs.cronofy.com/developers/push-notifications/authentication/',
  secret: 'theirs',
  evidence: 'community',
  signature: hmac({ header: 'cronofy-hmac-sha256', list: true, encoding: 'base64' }),
  eventType: field('notification.type'),
  about: {
    source: field('channel.channel_id'),
    subject: ({ payload }) => keyed('channel', finder(payload)('channel.channel_id')),
  },
  setup: `
1. Give {{url}} as \`callback_url\` when you create a notification channel.
2. Open **your app**, copy the **client secret**, and give it to Bellhop.`,
});
