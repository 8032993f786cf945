import { firstKey } from '../core/delivery/joined.ts';
import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { token } from '../signatures/token.ts';

export default defineProvider({
  title: 'Telegram Bot API',
  docs: 'https://core.telegram.org/bots/api#setwebhook',
  secret: 'ours',
  evidence: 'vendor',
  signature: token({ header: 'x-telegram-bot-api-secret-token' }),
  eventType: ({ payload }) => firstKey(payload, ['update_id']),
  deliveryId: field('update_id'),
  about: {
    source: ({ payload }) => finder(payload)('message.chat.title', 'channel_post.chat.title'),
    actor: ({ payload }) =>
      finder(payload)('message.from.username', 'message.from.first_name', 'callback_query.from.username'),
    subject: ({ payload }) => keyed('chat', finder(payload)('message.chat.id')),
  },
  setup: `
1. Type \`curl https://api.telegram.org/botYOUR-TOKEN/setWebhook -d url={{url}} -d secret_token={{secret}}\`.`,
});
