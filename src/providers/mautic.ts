import { firstKey } from '../core/delivery/joined.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { hmac } from '../signatures/hmac.ts';

export default defineProvider({
  title: 'Mautic',
  docs: 'https://devdocs.mautic.org/en/latest/webhooks/getting_started.html',
  secret: 'ours',
  evidence: 'community',
  signature: hmac({ header: 'webhook-signature', encoding: 'base64' }),
  eventType: ({ payload }) => firstKey(payload),
  about: {},
  setup: `
1. Open **Settings → Webhooks → New** and paste {{url}} as the URL.
2. Paste {{secret}} as the **Secret**, choose the events you want posted, and save.`,
});
