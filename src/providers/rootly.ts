import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { timestamped } from '../signatures/timestamped.ts';

export default defineProvider({
  title: 'Rootly',
  docs: 'https://rootly.com/docs/integrations/webhooks',
  secret: 'theirs',
  evidence: 'community',
  signature: timestamped({ header: 'x-rootly-signature', time: { field: 't', signature: 'v1' } }),
  eventType: field('event.type'),
  deliveryId: field('event.id'),
  about: {
    source: field('data.severity.data.attributes.name'),
    actor: field('data.user.name'),
    subject: ({ payload }) => keyed('incident', finder(payload)('data.id')),
    state: field('data.status'),
    url: field('data.url'),
  },
  setup: `
1. Open **Configuration → Webhooks → New**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **secret**, and give it to Bellhop.`,
});
