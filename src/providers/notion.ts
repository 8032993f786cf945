import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { toMoment } from '../core/text/moment.ts';
import { capturedFromBody } from '../handshakes/captured.ts';
import { type Find, finder, keyed } from '../reading/finder.ts';
import { guessAbout } from '../reading/guess-about.ts';
import { hmac } from '../signatures/hmac.ts';

// https://developers.notion.com/reference/webhooks-events-delivery
export default defineProvider({
  title: 'Notion',
  docs: 'https://developers.notion.com/reference/webhooks',
  secret: 'theirs',
  givesSecret: true,
  evidence: 'vendor',
  sample: 'page.created',
  signature: hmac({ header: 'x-notion-signature', prefix: 'sha256=' }),
  handshake: capturedFromBody('verification_token'),
  eventType: field('type'),
  deliveryId: field('id'),
  about: {
    // It sends ids alone: titles and names have to be asked for.
    title: ({ payload, type }) => guessAbout(payload, type).title,
    source: field('workspace_name'),
    actor: ({ payload }) => finder(payload)('authors.0.name'),
    // A comment belongs to its page.
    subject: ({ payload }) => keyed('page', placeOf(finder(payload))),
    state: ({ type }) => (type.endsWith('.deleted') ? 'deleted' : undefined),
    severity: () => 'info',
    url: ({ payload }) => {
      const id = placeOf(finder(payload))?.replaceAll('-', '');
      return id && /^[\da-f]{32}$/i.test(id) ? `https://www.notion.so/${id}` : undefined;
    },
    occurredAt: ({ payload }) => toMoment(finder(payload)('timestamp')),
  },
  setup: `
1. Open the integration in **notion.so/profile/integrations → Webhooks → Create a subscription**, paste {{url}} and choose the events you want posted.
2. Notion sends its verification token at once, and Bellhop keeps it.
3. Type \`/webhook show\` with this endpoint's name and \`secret\`, copy the token, press **Verify** in Notion and paste it there.`,
});

/** The page or database that people would open. */
function placeOf(find: Find): string | undefined {
  return find('entity.type') === 'comment' ? find('data.page_id', 'data.parent.id') : find('entity.id');
}
