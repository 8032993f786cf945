import { joined } from '../core/delivery/joined.ts';
import { at, textAt } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { anyOf } from '../handshakes/any-of.ts';
import { capturedFromHeader } from '../handshakes/captured.ts';
import { isEmptyList } from '../handshakes/harmless.ts';
import { ping } from '../handshakes/ping.ts';
import { finder, keyed } from '../reading/finder.ts';
import { hmac } from '../signatures/hmac.ts';

export default defineProvider({
  title: 'Asana',
  docs: 'https://developers.asana.com/docs/webhooks-guide',
  secret: 'theirs',
  givesSecret: true,
  evidence: 'vendor',
  signature: hmac({ header: 'x-hook-signature' }),
  handshake: anyOf(
    capturedFromHeader('x-hook-secret'),
    ping({ when: ({ payload }) => isEmptyList(at(payload, 'events')) }),
  ),
  events: 'events.*',
  eventType: ({ payload }) =>
    joined('.', textAt(payload, 'events.0.resource.resource_type'), textAt(payload, 'events.0.action')),
  about: {
    actor: ({ payload }) => finder(payload)('events.0.user.name', 'events.0.user.gid'),
    subject: ({ payload }) => keyed('task', finder(payload)('events.0.resource.gid')),
  },
  setup: `
1. Type \`curl https://app.asana.com/api/1.0/webhooks -H 'Authorization: Bearer YOUR-TOKEN' -d resource=PROJECT-ID -d target={{url}}\`.
2. Asana sends its secret while it makes the webhook, and Bellhop verifies with it from then on.`,
});
