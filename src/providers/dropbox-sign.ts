import { field } from '../core/delivery/readers.ts';
import { plainAnswer } from '../core/provider/handshake.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { inPayload } from '../signatures/carriers/in-payload.ts';
import { mac } from '../signatures/mac.ts';
import { fromPayload } from '../signatures/text/parts.ts';

export default defineProvider({
  title: 'Dropbox Sign',
  aliases: ['hellosign'],
  docs: 'https://developers.hellosign.com/docs/events/overview/',
  secret: 'theirs',
  evidence: 'vendor',
  signature: mac({
    carrier: inPayload(['event.event_hash']),
    signed: [fromPayload('event.event_time'), fromPayload('event.event_type')],
  }),
  answers: { taken: () => plainAnswer('Hello API Event Received') },
  eventType: field('event.event_type'),
  deliveryId: field('event.event_hash'),
  about: {
    source: field('signature_request.title'),
    actor: field('signature_request.requester_email_address'),
    subject: ({ payload }) => keyed('request', finder(payload)('signature_request.signature_request_id')),
    url: field('signature_request.details_url'),
  },
  setup: `
1. Open **API** in the settings and paste {{url}} as **Account callback**.
2. Copy the **API key** there, and give it to Bellhop.`,
});
