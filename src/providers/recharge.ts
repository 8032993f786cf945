import { first, header } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { guessType } from '../reading/read-payload.ts';
import { hmac } from '../signatures/hmac.ts';
import { body, secret } from '../signatures/text/parts.ts';

export default defineProvider({
  title: 'Recharge',
  docs: 'https://developer.rechargepayments.com/2021-11/webhooks_explained',
  secret: 'theirs',
  evidence: 'community',
  signature: hmac({ header: 'x-recharge-hmac-sha256', signed: [secret, body] }),
  eventType: first(header('x-recharge-topic'), guessType),
  about: {
    actor: ({ payload }) => finder(payload)('subscription.email', 'charge.email'),
    subject: ({ payload }) => keyed('subscription', finder(payload)('subscription.id', 'charge.id')),
    state: ({ payload }) => finder(payload)('subscription.status', 'charge.status'),
  },
  setup: `
1. Use the API: create a webhook, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **API client secret**, and give it to Bellhop.`,
});
