import { firstKey } from '../core/delivery/joined.ts';
import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { crc } from '../handshakes/signed-challenge.ts';
import { hmac } from '../signatures/hmac.ts';

export default defineProvider({
  title: 'X (Twitter)',
  aliases: ['x', 'twitter'],
  docs: 'https://docs.x.com/x-api/webhooks/introduction',
  secret: 'theirs',
  evidence: 'vendor',
  signature: hmac({ header: 'x-twitter-webhooks-signature', prefix: 'sha256=', encoding: 'base64' }),
  handshake: crc,
  eventType: ({ payload }) => firstKey(payload),
  about: {
    source: field('for_user_id'),
    actor: field('tweet_create_events.0.user.screen_name'),
  },
  setup: `
1. In X (Twitter), go to the developer portal → your app → Keys and tokens, paste {{url}} as the URL, and choose the events you want to hear of.
2. Copy the **API Key Secret**, and tell it to us.`,
});
