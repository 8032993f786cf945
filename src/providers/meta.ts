import { joined } from '../core/delivery/joined.ts';
import { at, field, textAt } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { hubChallenge } from '../handshakes/hub-challenge.ts';
import { hmac } from '../signatures/hmac.ts';

export default defineProvider({
  title: 'Meta (Facebook, Messenger, Instagram)',
  aliases: ['facebook', 'messenger', 'instagram', 'threads'],
  docs: 'https://developers.facebook.com/docs/graph-api/webhooks/getting-started',
  secret: 'theirs',
  evidence: 'vendor',
  options: {
    'verify-token': { description: 'The verify token you type there; the last part of the URL when left out' },
  },
  signature: hmac({ header: 'x-hub-signature-256', prefix: 'sha256=' }),
  handshake: hubChallenge,
  events: 'entry.*.changes|messaging.*',
  eventType: ({ payload }) =>
    joined(
      '.',
      textAt(payload, 'object'),
      textAt(payload, 'entry.0.changes.0.field') ?? (at(payload, 'entry.0.messaging') ? 'messaging' : undefined),
    ),
  about: {
    source: field('entry.0.id'),
  },
  setup: `
1. Open **App Dashboard → Webhooks**, choose an object and press **Subscribe to this object**.
2. Paste {{url}} as **Callback URL**, and as **Verify token** its last part: what stands after \`/in/\`. Or give the endpoint another token by \`verify-token=…\`.
3. Open **App settings → Basic**, copy the **App Secret**, and give it to Bellhop.`,
});
