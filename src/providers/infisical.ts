import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { hmac } from '../signatures/hmac.ts';

export default defineProvider({
  title: 'Infisical',
  docs: 'https://infisical.com/docs/documentation/platform/webhooks',
  secret: 'ours',
  evidence: 'community',
  signature: hmac({ header: 'x-infisical-signature', list: ';' }),
  eventType: field('event'),
  about: {
    source: ({ payload }) => finder(payload)('project.projectName', 'project.workspaceId'),
    subject: ({ payload }) => keyed('environment', finder(payload)('project.environment')),
  },
  setup: `
1. Open **Project Settings → Webhooks → Create** and paste {{url}} as the URL.
2. Paste {{secret}} as the **Secret Key**, choose the events you want posted, and save.`,
});
