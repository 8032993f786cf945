import { field, first } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { token } from '../signatures/token.ts';

export default defineProvider({
  title: 'Auth0 log streams',
  aliases: ['auth0'],
  docs: 'https://auth0.com/docs/customize/log-streams/custom-log-streams',
  secret: 'ours',
  evidence: 'vendor',
  signature: token({ header: 'authorization' }),
  events: '*',
  eventType: first(field('0.data.type'), field('data.type')),
  deliveryId: field('0.log_id'),
  about: {
    source: field('0.data.client_name'),
    actor: field('0.data.user_name'),
    subject: ({ payload }) => keyed('user', finder(payload)('0.data.user_id')),
    state: field('0.data.description'),
  },
  setup: `
1. Open **Monitoring → Streams → Create Stream → Custom Webhook** and paste {{url}} as the URL.
2. Paste {{secret}} as the **Authorization Token**, choose the events you want posted, and save.`,
});
