import { joined } from '../core/delivery/joined.ts';
import { field, textAt } from '../core/delivery/readers.ts';
import { plainAnswer } from '../core/provider/handshake.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { adyen } from '../signatures/own/adyen.ts';

export default defineProvider({
  title: 'Adyen payments',
  aliases: ['adyen'],
  docs: 'https://docs.adyen.com/development-resources/webhooks/verify-hmac-signatures',
  secret: 'theirs',
  evidence: 'vendor',
  signature: adyen,
  answers: { taken: () => plainAnswer('[accepted]') },
  events: 'notificationItems.*',
  eventType: field('notificationItems.0.NotificationRequestItem.eventCode'),
  deliveryId: ({ payload }) =>
    joined(
      '/',
      textAt(payload, 'notificationItems.0.NotificationRequestItem.pspReference'),
      textAt(payload, 'notificationItems.0.NotificationRequestItem.eventCode'),
      textAt(payload, 'notificationItems.0.NotificationRequestItem.success'),
    ),
  about: {
    source: field('notificationItems.0.NotificationRequestItem.merchantAccountCode'),
    subject: ({ payload }) =>
      keyed('payment', finder(payload)('notificationItems.0.NotificationRequestItem.pspReference')),
  },
  setup: `
1. Open **Developers → Webhooks → Standard webhook**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **HMAC key**, and give it to Bellhop.`,
});
