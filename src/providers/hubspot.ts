import { field, first } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { guessType } from '../reading/guess-type.ts';
import { hubspot } from '../signatures/own/hubspot.ts';

export default defineProvider({
  title: 'HubSpot',
  aliases: ['hub-spot'],
  docs: 'https://developers.hubspot.com/docs/api/webhooks/validating-requests',
  secret: 'theirs',
  evidence: 'vendor',
  signature: hubspot,
  eventType: first(field('0.subscriptionType'), field('subscriptionType'), guessType),
  deliveryId: field('0.eventId'),
  about: {
    source: field('0.portalId'),
    subject: ({ payload }) => keyed('object', finder(payload)('0.objectId')),
  },
  setup: `
1. Open **your app → Auth**, paste {{url}} as the URL, and choose the events you want to hear of.
2. Copy the **Client secret**, and tell it to us.`,
});
