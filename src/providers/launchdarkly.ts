import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { hmac } from '../signatures/hmac.ts';

export default defineProvider({
  title: 'LaunchDarkly',
  aliases: ['launch-darkly'],
  docs: 'https://launchdarkly.com/docs/integrations/webhooks',
  secret: 'theirs',
  evidence: 'vendor',
  signature: hmac({ header: 'x-ld-signature' }),
  eventType: field('kind'),
  deliveryId: field('_id'),
  about: {
    actor: ({ payload }) => finder(payload)('member.email', 'member.firstName'),
    subject: ({ payload }) => keyed('flag', finder(payload)('target.name', 'name')),
    url: field('_links.site.href'),
  },
  setup: `
1. Open **Settings → Integrations → Webhooks → Add integration**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **secret**, and give it to Bellhop.`,
});
