import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { inHeaders } from '../signatures/carriers/in-headers.ts';
import { asBareKey } from '../signatures/keys/public-keys.ts';
import { publicKey } from '../signatures/public-key.ts';
import { body, time } from '../signatures/text/parts.ts';

export default defineProvider({
  title: 'Telnyx',
  docs: 'https://developers.telnyx.com/docs/messaging/messages/receiving-webhooks',
  secret: 'theirs',
  evidence: 'vendor',
  signature: publicKey({
    carrier: inHeaders({ header: 'telnyx-signature-ed25519' }),
    kind: 'ed25519',
    key: asBareKey('base64'),
    signed: [time, '|', body],
    time: { in: { header: 'telnyx-timestamp' }, unit: 'seconds', tolerance: 300 },
  }),
  eventType: field('data.event_type'),
  deliveryId: field('data.id'),
  about: {
    source: field('data.payload.connection_id'),
    actor: ({ payload }) => finder(payload)('data.payload.from.phone_number', 'data.payload.from'),
    subject: ({ payload }) => keyed('call', finder(payload)('data.payload.call_control_id', 'data.payload.id')),
    state: field('data.payload.state'),
  },
  setup: `
1. Paste {{url}} as the webhook URL of your messaging profile or voice application.
2. Open **Mission Control → Keys & Credentials → Public Key**, copy the key, and give it to Bellhop.`,
});
