import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { capturedFromBody } from '../handshakes/captured.ts';
import { finder, keyed } from '../reading/finder.ts';
import { hmac } from '../signatures/hmac.ts';

export default defineProvider({
  title: 'Notion',
  docs: 'https://developers.notion.com/reference/webhooks',
  secret: 'theirs',
  givesSecret: true,
  evidence: 'vendor',
  signature: hmac({ header: 'x-notion-signature', prefix: 'sha256=' }),
  handshake: capturedFromBody('verification_token'),
  eventType: field('type'),
  deliveryId: field('id'),
  about: {
    source: field('workspace_name'),
    subject: ({ payload }) => keyed('page', finder(payload)('entity.id')),
  },
  setup: `
1. Open the integration in **notion.so/profile/integrations → Webhooks → Create a subscription**, paste {{url}} and choose the events you want posted.
2. Notion sends its verification token at once, and Bellhop keeps it.
3. Type \`/webhook show\` with this endpoint's name and \`secret\`, copy the token, press **Verify** in Notion and paste it there.`,
});
