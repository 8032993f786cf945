import { field, first } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { guessType } from '../reading/read-payload.ts';
import { hmac } from '../signatures/hmac.ts';
import { body, secret } from '../signatures/text/parts.ts';

export default defineProvider({
  title: 'Sellsy',
  docs: 'https://docs.sellsy.com/api/v2/',
  secret: 'theirs',
  evidence: 'community',
  signature: hmac({ header: 'x-webhook-signature', signed: [secret, body], algorithm: 'sha1' }),
  eventType: first(field('event'), field('eventType'), guessType),
  about: {
    subject: ({ payload }) => keyed('object', finder(payload)('relatedid')),
  },
  setup: `
1. Open **Settings → Developer portal → Webhooks**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **secret**, and give it to Bellhop.`,
});
