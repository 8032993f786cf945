import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { echoField } from '../handshakes/echo-field.ts';
import { hasOnly } from '../handshakes/harmless.ts';
import { finder, keyed } from '../reading/finder.ts';
import { namesUrl } from '../signatures/claims.ts';
import { jwt } from '../signatures/jwt.ts';

export default defineProvider({
  title: 'monday.com',
  aliases: ['monday-com'],
  docs: 'https://developer.monday.com/api-reference/reference/webhooks',
  secret: 'theirs',
  evidence: 'vendor',
  signature: jwt({ header: 'authorization', algorithms: ['HS256'], rules: [namesUrl('aud')], dated: 'exp' }),
  handshake: echoField({ field: 'challenge', when: ({ payload }) => hasOnly(payload, 'challenge'), as: 'json' }),
  eventType: field('event.type'),
  deliveryId: field('event.triggerUuid'),
  about: {
    source: field('event.boardId'),
    actor: field('event.userId'),
    subject: ({ payload }) => keyed('item', finder(payload)('event.pulseId')),
  },
  setup: `
1. Open **Integrations → Webhooks**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **signing secret of the app**, and give it to Bellhop.`,
});
