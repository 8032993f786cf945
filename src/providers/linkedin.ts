import { field, first } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { linkedInChallenge } from '../handshakes/own/signed-challenge.ts';
import { guessType } from '../reading/read-payload.ts';
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
1. Open **Developer Portal → your app → Auth**, copy the **client secret**, and give it to Bellhop: LinkedIn asks for it to be used as soon as it knows the URL.
2. Open **Webhooks** and add {{url}}.`,
});
