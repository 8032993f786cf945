import { field, first } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { guessType } from '../reading/read-payload.ts';
import { hmac } from '../signatures/hmac.ts';

export default defineProvider({
  title: 'Confluence',
  docs: 'https://confluence.atlassian.com/doc/managing-webhooks-1021225606.html',
  secret: 'ours',
  evidence: 'community',
  signature: hmac({ header: 'x-hub-signature', prefix: 'sha256=' }),
  eventType: first(field('event'), field('webhookEvent'), guessType),
  about: {
    source: ({ payload }) => finder(payload)('page.spaceKey', 'space.key', 'blog.spaceKey'),
    actor: ({ payload }) => finder(payload)('userDisplayName', 'userAccountId'),
    subject: ({ payload }) => keyed('page', finder(payload)('page.id')),
    url: ({ payload }) => finder(payload)('page.self', 'blog.self', 'comment.self'),
  },
  setup: `
1. Open **General configuration → Webhooks → Create webhook** and paste {{url}} as the URL.
2. Paste {{secret}} as the **Secret**, choose the events you want posted, and save.`,
});
