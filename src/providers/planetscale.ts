import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { hmac } from '../signatures/hmac.ts';

export default defineProvider({
  title: 'PlanetScale',
  docs: 'https://planetscale.com/docs/api/webhooks',
  secret: 'theirs',
  evidence: 'community',
  signature: hmac({ header: 'x-planetscale-signature' }),
  eventType: field('event'),
  about: {
    source: ({ payload }) => finder(payload)('database', 'resource.name'),
    subject: ({ payload }) => keyed('resource', finder(payload)('resource.id')),
    state: field('resource.state'),
  },
  setup: `
1. Open **Database → Settings → Webhooks**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **secret**, and give it to Bellhop.`,
});
