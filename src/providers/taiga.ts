import { joined } from '../core/delivery/joined.ts';
import { field, first, textAt } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { hmac } from '../signatures/hmac.ts';

export default defineProvider({
  title: 'Taiga',
  docs: 'https://docs.taiga.io/webhooks.html',
  secret: 'ours',
  evidence: 'community',
  signature: hmac({ header: 'x-taiga-webhook-signature', algorithm: 'sha1' }),
  eventType: ({ payload }) => joined('.', textAt(payload, 'type'), textAt(payload, 'action')),
  about: {
    source: field('data.project.name'),
    actor: first(field('by.full_name'), field('by.username')),
    subject: ({ payload }) => keyed(finder(payload)('type') ?? 'item', finder(payload)('data.id')),
    state: field('data.status.name'),
    url: field('data.permalink'),
  },
  setup: `
1. Open **Settings → Integrations → Webhooks** and paste {{url}} as the URL.
2. Paste {{secret}} as the **Secret key**, choose the events you want posted, and save.`,
});
