import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { hmac } from '../signatures/hmac.ts';

export default defineProvider({
  title: 'Jobber',
  docs: 'https://developer.getjobber.com/docs/using_jobbers_api/setting_up_webhooks/',
  secret: 'theirs',
  evidence: 'community',
  signature: hmac({ header: 'x-jobber-hmac-sha256', encoding: 'base64' }),
  eventType: field('data.webHookEvent.topic'),
  about: {
    source: field('data.webHookEvent.accountId'),
    subject: ({ payload }) => keyed('item', finder(payload)('data.webHookEvent.itemId')),
  },
  setup: `
1. Open **Developer Center → your app → Webhooks**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **Client Secret**, and give it to Bellhop.`,
});
