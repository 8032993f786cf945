import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { hmac } from '../signatures/hmac.ts';

export default defineProvider({
  title: 'Ashby',
  docs: 'https://developers.ashbyhq.com/docs/setting-up-webhooks',
  secret: 'ours',
  evidence: 'vendor',
  signature: hmac({ header: 'ashby-signature', prefix: 'sha256=' }),
  eventType: field('action'),
  about: {
    actor: ({ payload }) => finder(payload)('data.application.candidate.name', 'data.candidate.name'),
    subject: ({ payload }) => keyed('application', finder(payload)('data.application.id')),
    state: field('data.application.status'),
  },
  setup: `
1. Open **Admin → Integrations → Webhooks** and paste {{url}} as the URL.
2. Paste {{secret}} as the **Secret Token**, choose the events you want posted, and save.`,
});
