import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { hmac } from '../signatures/hmac.ts';

export default defineProvider({
  title: 'Doppler',
  docs: 'https://docs.doppler.com/docs/webhooks',
  secret: 'ours',
  evidence: 'vendor',
  signature: hmac({ header: 'x-doppler-signature', prefix: 'sha256=' }),
  eventType: field('type'),
  about: {
    source: ({ payload }) => finder(payload)('project.name', 'project.id'),
    actor: field('diff.actor'),
    subject: ({ payload }) => keyed('config', finder(payload)('config.name')),
  },
  setup: `
1. Open **Project → Webhooks → Add** and paste {{url}} as the URL.
2. Paste {{secret}} as the **Signing secret**, choose the events you want posted, and save.`,
});
