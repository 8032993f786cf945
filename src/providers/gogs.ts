import { field, header } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder } from '../reading/finder.ts';
import { hmac } from '../signatures/hmac.ts';
import { signedBytes } from '../signatures/signed-bytes.ts';

export default defineProvider({
  title: 'Gogs',
  docs: 'https://gogs.io/docs/features/webhook',
  secret: 'ours',
  evidence: 'community',
  signature: hmac({ header: 'x-gogs-signature' }),
  eventType: header('x-gogs-event'),
  deliveryId: header('x-gogs-delivery'),
  // It signs the body alone.
  identity: signedBytes('x-gogs-signature'),
  about: {
    source: field('repository.full_name'),
    actor: ({ payload }) => finder(payload)('sender.login', 'pusher.login'),
    url: ({ payload }) =>
      finder(payload)('compare_url', 'pull_request.html_url', 'issue.html_url', 'repository.html_url'),
  },
  setup: `
1. Open **Settings → Webhooks → Add a new webhook → Gogs** and paste {{url}} as the URL.
2. Paste {{secret}} as the **Secret**, choose the events you want posted, and save.`,
});
