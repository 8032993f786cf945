import { field } from '../core/delivery/readers.ts';
import { plainAnswer } from '../core/provider/handshake.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { ebayChallenge } from '../handshakes/own/signed-challenge.ts';
import { finder, keyed } from '../reading/finder.ts';
import { ebay } from '../signatures/published/ebay.ts';

export default defineProvider({
  title: 'eBay',
  docs: 'https://developer.ebay.com/api-docs/commerce/notification/overview.html',
  secret: 'theirs',
  evidence: 'vendor',
  signature: ebay,
  handshake: ebayChallenge,
  answers: {
    taken: () => ({ status: 204, headers: { 'content-type': 'application/json' }, body: '' }),
    refused: ({ status, message }) => plainAnswer(message, status === 401 ? 412 : status),
  },
  eventType: field('metadata.topic'),
  deliveryId: field('notification.notificationId'),
  about: {
    source: field('notification.data.username'),
    subject: ({ payload }) => keyed('notification', finder(payload)('notification.notificationId')),
  },
  setup: `
1. Open **Developer Program → your app → Alerts & Notifications**. Make up a verification token of 32 to 80 letters, digits, \`_\` and \`-\`.
2. Give Bellhop the token with the client id and the client secret of the app, for eBay gives out its keys only to apps: \`secret=TOKEN:CLIENT-ID:CLIENT-SECRET\`.
3. Then paste {{url}} as the endpoint and the token as **Verification token** at eBay, and save.`,
});
