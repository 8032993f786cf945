import { joined } from '../core/delivery/joined.ts';
import { field, textAt } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { hmac } from '../signatures/hmac.ts';

export default defineProvider({
  title: 'QuickBooks Online',
  aliases: ['intuit'],
  docs: 'https://developer.intuit.com/app/developer/qbo/docs/develop/webhooks',
  secret: 'theirs',
  evidence: 'vendor',
  signature: hmac({ header: 'intuit-signature', encoding: 'base64' }),
  // It goes over from lists of its own to a list of CloudEvents.
  events: ({ payload }) => (Array.isArray(payload) ? '*' : 'eventNotifications.*.dataChangeEvent.entities.*'),
  eventType: ({ payload }) =>
    textAt(payload, '0.type') ??
    joined(
      '.',
      textAt(payload, 'eventNotifications.0.dataChangeEvent.entities.0.name'),
      textAt(payload, 'eventNotifications.0.dataChangeEvent.entities.0.operation'),
    ),
  deliveryId: field('0.id'),
  about: {
    source: ({ payload }) => finder(payload)('eventNotifications.0.realmId', '0.intuitaccountid'),
    subject: ({ payload }) =>
      keyed('entity', finder(payload)('eventNotifications.0.dataChangeEvent.entities.0.id', '0.intuitentityid')),
  },
  setup: `
1. Open **your app → Webhooks**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **verifier token**, and give it to Bellhop.`,
});
