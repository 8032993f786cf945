import { field, header } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { hmac } from '../signatures/hmac.ts';
import { signedBytes } from '../signatures/signed-bytes.ts';

export default defineProvider({
  title: 'Autodesk Platform Services',
  aliases: ['aps', 'forge'],
  docs: 'https://aps.autodesk.com/en/docs/webhooks/v1/developers_guide/event-delivery-guarantees/',
  secret: 'ours',
  evidence: 'community',
  signature: hmac({ header: 'x-adsk-signature', prefix: 'sha1hash=', algorithm: 'sha1' }),
  eventType: field('hook.event'),
  deliveryId: header('x-adsk-delivery-id'),
  // It signs the body alone.
  identity: signedBytes('x-adsk-signature'),
  about: {
    source: ({ payload }) => finder(payload)('payload.project', 'hook.scope.folder'),
    actor: field('payload.creator'),
    subject: ({ payload }) => keyed('item', finder(payload)('payload.source', 'resourceUrn')),
  },
  setup: `
1. Set the secret with the API: \`POST /webhooks/v1/tokens\` with {{secret}} as \`token\`.
2. Create a webhook with {{url}} as \`callbackUrl\`.`,
});
