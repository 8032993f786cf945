import { field, first } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { guessType } from '../reading/read-payload.ts';
import { asBase64 } from '../signatures/keys/secret-keys.ts';
import { bodyHash, time } from '../signatures/text/parts.ts';
import { timestamped } from '../signatures/timestamped.ts';

export default defineProvider({
  title: 'Ripple Collections',
  docs: 'https://docs.ripple.com',
  secret: 'theirs',
  evidence: 'community',
  signature: timestamped({
    header: 'x-webhook-signature',
    time: { field: 't', signature: 'v1' },
    unit: 'milliseconds',
    signed: [time, '.', bodyHash('sha256')],
    key: asBase64,
  }),
  eventType: first(field('type'), field('eventType'), guessType),
  about: {},
  setup: `
1. Open **Settings → Webhooks**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **secret in Base64**, and give it to Bellhop.`,
});
