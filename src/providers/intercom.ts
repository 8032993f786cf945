import { field, textAt } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { anyOf } from '../handshakes/any-of.ts';
import { ping } from '../handshakes/ping.ts';
import { presence } from '../handshakes/presence.ts';
import { finder, keyed } from '../reading/finder.ts';
import { hmac } from '../signatures/hmac.ts';

export default defineProvider({
  title: 'Intercom',
  docs: 'https://developers.intercom.com/docs/webhooks',
  secret: 'theirs',
  evidence: 'vendor',
  signature: hmac({ header: 'x-hub-signature', prefix: 'sha1=', algorithm: 'sha1' }),
  handshake: anyOf(presence, ping({ when: ({ payload }) => textAt(payload, 'topic') === 'ping' })),
  eventType: field('topic'),
  deliveryId: field('id'),
  about: {
    source: field('app_id'),
    actor: ({ payload }) => finder(payload)('data.item.source.author.name', 'data.item.user.name'),
    subject: ({ payload }) => keyed('conversation', finder(payload)('data.item.id')),
    state: field('data.item.state'),
    url: field('data.item.links.conversation_web'),
  },
  setup: `
1. Open **Developer Hub → your app → Webhooks**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **Client secret**, and give it to Bellhop.`,
});
