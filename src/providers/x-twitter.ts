import { firstKey } from '../core/delivery/joined.ts';
import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { crc } from '../handshakes/own/signed-challenge.ts';
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
1. Open the developer portal, then **your app → Keys and tokens**, copy the **API Key Secret**, and give it to Bellhop: X asks for it to be used as soon as it knows the URL.
2. Register {{url}} as a webhook with the API: \`POST /2/webhooks\`.`,
});
