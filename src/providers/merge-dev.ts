import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { hmac } from '../signatures/hmac.ts';

export default defineProvider({
  title: 'Merge',
  aliases: ['merge'],
  docs: 'https://docs.merge.dev/basics/webhooks/',
  secret: 'theirs',
  evidence: 'community',
  signature: hmac({ header: 'x-merge-webhook-signature', encoding: 'base64url' }),
  eventType: field('hook.event'),
  about: {
    source: field('linked_account.end_user_organization_name'),
    subject: ({ payload }) => keyed('account', finder(payload)('linked_account.id')),
    state: field('linked_account.status'),
  },
  setup: `
1. Open **Advanced → Webhooks**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **signature key**, and give it to Bellhop.`,
});
