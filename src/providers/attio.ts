import { field, header } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { hmac } from '../signatures/hmac.ts';
import { signedBytes } from '../signatures/signed-bytes.ts';

export default defineProvider({
  title: 'Attio',
  docs: 'https://docs.attio.com/rest-api/guides/webhooks',
  secret: 'theirs',
  evidence: 'vendor',
  signature: hmac({ header: ['attio-signature', 'x-attio-signature'] }),
  events: 'events.*',
  eventType: field('events.0.event_type'),
  deliveryId: header('idempotency-key'),
  // It signs the body alone.
  identity: signedBytes('attio-signature', 'x-attio-signature'),
  about: {
    source: field('events.0.id.workspace_id'),
    subject: ({ payload }) => keyed('record', finder(payload)('events.0.id.record_id')),
  },
  setup: `
1. Open **Workspace settings → Developers → Webhooks**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **signing secret**, and give it to Bellhop.`,
});
