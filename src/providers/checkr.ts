import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { hmac } from '../signatures/hmac.ts';

export default defineProvider({
  title: 'Checkr',
  docs: 'https://docs.checkr.com/#section/Webhooks',
  secret: 'theirs',
  evidence: 'vendor',
  signature: hmac({ header: 'x-checkr-signature' }),
  eventType: field('type'),
  deliveryId: field('id'),
  about: {
    source: field('account_id'),
    subject: ({ payload }) => keyed('report', finder(payload)('data.object.id')),
    state: field('data.object.status'),
    url: field('data.object.uri'),
  },
  setup: `
1. Open **Account Settings → Developer Settings → Webhooks**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **API key**, and give it to Bellhop.`,
});
