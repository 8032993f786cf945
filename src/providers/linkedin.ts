import { field, first } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { linkedInChallenge } from '../handshakes/signed-challenge.ts';
import { guessType } from '../reading/guess-type.ts';
import { hmac } from '../signatures/hmac.ts';
import { body } from '../signatures/text/parts.ts';

export default defineProvider({
  title: 'LinkedIn',
  docs: 'https://learn.microsoft.com/linkedin/shared/api-guide/webhook-validation',
  secret: 'theirs',
  evidence: 'community',
  signature: hmac({ header: 'x-li-signature', signed: ['hmacsha256=', body] }),
  handshake: linkedInChallenge,
  eventType: first(field('type'), guessType),
  about: {},
  setup: `
1. Open **Developer Portal → your app → Webhooks**, paste {{url}} as the URL, and choose the events you want to hear of.
2. Copy the **client secret**, and tell it to us.`,
});
