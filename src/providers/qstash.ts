import { first, header } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { guessType } from '../reading/read-payload.ts';
import { hashesBody, namesUrl } from '../signatures/claims.ts';
import { jwt } from '../signatures/jwt.ts';

export default defineProvider({
  title: 'Upstash QStash',
  aliases: ['upstash'],
  docs: 'https://upstash.com/docs/qstash/howto/signature',
  secret: 'theirs',
  evidence: 'vendor',
  signature: jwt({
    header: 'upstash-signature',
    algorithms: ['HS256'],
    issuer: 'Upstash',
    rules: [namesUrl('sub'), hashesBody('body', 'base64url')],
    dated: 'exp',
    tolerance: 60,
  }),
  eventType: first(header('upstash-topic-name'), guessType),
  deliveryId: header('upstash-message-id'),
  about: {},
  setup: `
1. Publish to {{url}}, or make a schedule or a URL group with it.
2. Open **Console → QStash → Signing Keys** and give the **current signing key** to Bellhop, then the **next** one with \`/webhook rotate\`.`,
});
