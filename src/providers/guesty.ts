import { field, first } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { guessType } from '../reading/read-payload.ts';
import { signedId, standardWebhooks } from '../signatures/standard-webhooks.ts';

export default defineProvider({
  title: 'Guesty',
  docs: 'https://open-api-docs.guesty.com/docs/webhooks',
  secret: 'theirs',
  evidence: 'community',
  signature: standardWebhooks(),
  eventType: first(field('event'), field('type'), guessType),
  deliveryId: signedId,
  about: {
    source: ({ payload }) => finder(payload)('reservation.listing.title', 'reservation.listingId'),
    subject: ({ payload }) => keyed('reservation', finder(payload)('reservation._id', 'reservationId')),
    state: field('reservation.status'),
  },
  setup: `
1. In Guesty, go to the webhooks of the Open API, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **signing secret**, and give it to Bellhop.`,
});
