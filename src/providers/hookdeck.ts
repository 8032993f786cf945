import { first, header } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { guessType } from '../reading/read-payload.ts';
import { hmac } from '../signatures/hmac.ts';
import { signedBytes } from '../signatures/signed-bytes.ts';

export default defineProvider({
  title: 'Hookdeck',
  docs: 'https://hookdeck.com/docs/authentication',
  secret: 'theirs',
  evidence: 'vendor',
  signature: hmac({ header: ['x-hookdeck-signature', 'x-hookdeck-signature-2'], every: true, encoding: 'base64' }),
  eventType: first(header('x-hookdeck-source-name'), guessType),
  deliveryId: header('x-hookdeck-eventid'),
  // It signs the body alone.
  identity: signedBytes('x-hookdeck-signature', 'x-hookdeck-signature-2'),
  about: {
    source: header('x-hookdeck-source-name'),
  },
  setup: `
1. Open **Project Settings → Secrets**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **signing secret**, and give it to Bellhop.`,
});
