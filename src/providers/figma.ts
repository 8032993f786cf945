import { randomBytes } from 'node:crypto';
import { joined } from '../core/delivery/joined.ts';
import { field, textAt } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { ping } from '../handshakes/ping.ts';
import { finder, keyed } from '../reading/finder.ts';
import { tokenInPayload } from '../signatures/token-in-payload.ts';

export default defineProvider({
  title: 'Figma',
  docs: 'https://developers.figma.com/docs/rest-api/webhooks/',
  secret: 'ours',
  makeSecret: () => randomBytes(32).toString('hex'),
  evidence: 'community',
  signature: tokenInPayload({ field: 'passcode' }),
  handshake: ping({ when: ({ payload }) => textAt(payload, 'event_type') === 'PING' }),
  eventType: field('event_type'),
  deliveryId: ({ payload }) => joined('/', textAt(payload, 'webhook_id'), textAt(payload, 'timestamp')),
  about: {
    source: field('file_name'),
    actor: field('triggered_by.handle'),
    subject: ({ payload }) => keyed('file', finder(payload)('file_key')),
  },
  setup: `
1. Use the API: \`POST /v2/webhooks\` and paste {{url}} as the URL.
2. Paste {{secret}} as the **passcode**, choose the events you want posted, and save.`,
});
