import { at, field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { isEmptyList } from '../handshakes/harmless.ts';
import { ping } from '../handshakes/ping.ts';
import { hmac } from '../signatures/hmac.ts';

export default defineProvider({
  title: 'LINE',
  docs: 'https://developers.line.biz/en/docs/messaging-api/receiving-messages/',
  secret: 'theirs',
  evidence: 'vendor',
  signature: hmac({ header: 'x-line-signature', encoding: 'base64' }),
  handshake: ping({ when: ({ payload }) => isEmptyList(at(payload, 'events')) }),
  events: 'events.*',
  eventType: field('events.0.type'),
  deliveryId: field('events.0.webhookEventId'),
  about: {
    source: field('destination'),
    actor: field('events.0.source.userId'),
  },
  setup: `
1. Open **LINE Developers Console → Messaging API → Webhook settings**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **Channel secret**, and give it to Bellhop.`,
});
