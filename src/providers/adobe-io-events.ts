import { field, first, header } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { echoQuery } from '../handshakes/echo-query.ts';
import { guessType } from '../reading/read-payload.ts';
import { adobe } from '../signatures/published/adobe.ts';
import { wholeBody } from '../signatures/signed-bytes.ts';

export default defineProvider({
  title: 'Adobe I/O Events',
  aliases: ['adobe', 'adobe-io'],
  docs: 'https://developer.adobe.com/events/docs/guides/',
  secret: 'theirs',
  evidence: 'vendor',
  signature: adobe,
  handshake: echoQuery('challenge'),
  eventType: first(header('x-adobe-event-code'), field('event.type'), field('type'), guessType),
  deliveryId: first(header('x-adobe-event-id'), field('event_id')),
  // It signs the body alone.
  identity: wholeBody,
  about: {
    source: field('source'),
  },
  setup: `
1. Open **Developer Console → your project**, copy the **client id**, and give it to Bellhop.
2. Add an **event registration** with {{url}} as its webhook URL.`,
});
