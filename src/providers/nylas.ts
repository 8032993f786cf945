import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { echoQuery } from '../handshakes/echo-query.ts';
import { finder, keyed } from '../reading/finder.ts';
import { hmac } from '../signatures/hmac.ts';
import { unzipping } from '../signatures/own/unzipped.ts';

export default defineProvider({
  title: 'Nylas',
  docs: 'https://developer.nylas.com/docs/v3/notifications/',
  secret: 'theirs',
  evidence: 'vendor',
  // Where its deliveries are compressed, it signs what travels.
  signature: unzipping(hmac({ header: 'x-nylas-signature', content: ({ packed, body }) => packed ?? body })),
  handshake: echoQuery('challenge'),
  eventType: field('type'),
  deliveryId: field('id'),
  about: {
    source: field('data.application_id'),
    subject: ({ payload }) => keyed('object', finder(payload)('data.object.id')),
  },
  setup: `
1. Open **Dashboard → Notifications → Create webhook**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **webhook secret**, and give it to Bellhop.`,
});
