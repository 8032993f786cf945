import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { braintreeChallenge } from '../handshakes/own/braintree-challenge.ts';
import { finder, keyed } from '../reading/finder.ts';
import { braintree } from '../signatures/own/braintree.ts';

export default defineProvider({
  title: 'Braintree',
  docs: 'https://developer.paypal.com/braintree/docs/guides/webhooks/overview',
  secret: 'theirs',
  evidence: 'vendor',
  signature: braintree,
  handshake: braintreeChallenge,
  eventType: field('notification.kind'),
  about: {
    subject: ({ payload }) => keyed('subscription', finder(payload)('notification.subject.subscription.id')),
    state: field('notification.subject.subscription.status'),
  },
  setup: `
1. Open **Settings → API → Keys** and give Bellhop the public key and the private key, with a colon between: \`secret=PUBLIC:PRIVATE\`. Braintree asks for them to be used as soon as it knows the URL.
2. Open **Settings → API → Webhooks**, paste {{url}} as **Destination URL**, and choose the notifications you want posted.`,
});
