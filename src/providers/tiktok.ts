import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { timestamped } from '../signatures/timestamped.ts';

export default defineProvider({
  title: 'TikTok for Developers',
  docs: 'https://developers.tiktok.com/doc/webhooks-verification',
  secret: 'theirs',
  evidence: 'vendor',
  signature: timestamped({ header: 'tiktok-signature', time: { field: 't', signature: 's' }, separator: '.' }),
  eventType: field('event'),
  about: {
    source: field('client_key'),
    actor: field('user_openid'),
  },
  setup: `
1. Open **your app → Webhooks**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **client secret**, and give it to Bellhop.`,
});
