import { field, header } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { ping } from '../handshakes/ping.ts';
import { finder, keyed } from '../reading/finder.ts';
import { inHeaders } from '../signatures/carriers/in-headers.ts';
import { asPem } from '../signatures/keys/public-keys.ts';
import { publicKey } from '../signatures/public-key.ts';
import { wholeBody } from '../signatures/signed-bytes.ts';

export default defineProvider({
  title: 'Wise',
  docs: 'https://docs.wise.com/guides/developer/webhooks/event-handling',
  secret: 'theirs',
  evidence: 'vendor',
  signature: publicKey({ carrier: inHeaders({ header: 'x-signature-sha256' }), kind: 'rsa-sha256', key: asPem }),
  handshake: ping({ unsigned: true, when: ({ headers }) => headers['x-test-notification'] === 'true' }),
  eventType: field('event_type'),
  deliveryId: header('x-delivery-id'),
  // It signs the body alone.
  identity: wholeBody,
  about: {
    source: field('data.resource.profile_id'),
    subject: ({ payload }) => keyed('transfer', finder(payload)('data.resource.id')),
    state: field('data.current_state'),
  },
  setup: `
1. Open **Settings → Developer tools → Webhooks** and paste {{url}} as the URL.
2. Copy the public key of Wise from [its page](https://docs.wise.com/guides/developer/webhooks/event-handling), in PEM, and give it to Bellhop.`,
});
