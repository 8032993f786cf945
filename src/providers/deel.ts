import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { hmac } from '../signatures/hmac.ts';
import { body } from '../signatures/text/parts.ts';

export default defineProvider({
  title: 'Deel',
  docs: 'https://developer.deel.com/docs/webhooks',
  secret: 'theirs',
  evidence: 'community',
  signature: hmac({ header: 'x-deel-signature', signed: ['POST', body] }),
  eventType: field('data.meta.event_type'),
  about: {
    source: field('data.meta.organization_name'),
    subject: ({ payload }) => keyed('contract', finder(payload)('data.resource.id')),
    state: field('data.resource.status'),
  },
  setup: `
1. Open **Developer Center → Webhooks**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **signing key**, and give it to Bellhop.`,
});
