import { field, header } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { hmac } from '../signatures/hmac.ts';

export default defineProvider({
  title: 'Help Scout',
  aliases: ['help-scout'],
  docs: 'https://developer.helpscout.com/webhooks/',
  secret: 'ours',
  evidence: 'community',
  signature: hmac({ header: 'x-helpscout-signature', algorithm: 'sha1', encoding: 'base64' }),
  eventType: header('x-helpscout-event'),
  about: {
    source: ({ payload }) => finder(payload)('mailbox.name', 'mailboxId'),
    actor: ({ payload }) => finder(payload)('primaryCustomer.email', 'customer.email'),
    subject: ({ payload }) => keyed('conversation', finder(payload)('id')),
    state: field('status'),
    url: field('_links.web.href'),
  },
  setup: `
1. Open **Manage → Apps → Webhooks** and paste {{url}} as the URL.
2. Paste {{secret}} as the **Secret Key**, choose the events you want posted, and save.`,
});
