import { field, first } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { guessType } from '../reading/read-payload.ts';
import { hubspot } from '../signatures/own/hubspot.ts';

export default defineProvider({
  title: 'HubSpot',
  aliases: ['hub-spot'],
  docs: 'https://developers.hubspot.com/docs/api/webhooks/validating-requests',
  secret: 'theirs',
  evidence: 'vendor',
  signature: hubspot,
  events: '*',
  eventType: first(field('0.subscriptionType'), field('subscriptionType'), guessType),
  deliveryId: field('0.eventId'),
  about: {
    source: field('0.portalId'),
    subject: ({ payload }) => keyed('object', finder(payload)('0.objectId')),
  },
  setup: `
1. Open your app in the developer account, then **Webhooks**, paste {{url}} as **Target URL** and create the subscriptions you want posted.
2. Open **Auth**, copy the **Client secret**, and give it to Bellhop.`,
});
