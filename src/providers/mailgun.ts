import { field, first } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { inPayload } from '../signatures/carriers/in-payload.ts';
import { mac } from '../signatures/mac.ts';
import { fromPayload, time } from '../signatures/text/parts.ts';
import { A_DAY } from '../signatures/timestamped.ts';

export default defineProvider({
  title: 'Mailgun',
  docs: 'https://documentation.mailgun.com/docs/mailgun/user-manual/events/webhooks',
  secret: 'theirs',
  evidence: 'vendor',
  signature: mac({
    carrier: inPayload(['signature.signature', 'signature'], ['signature.timestamp', 'timestamp']),
    signed: [time, fromPayload('signature.token', 'token')],
    // The same time is sent again with every attempt, for eight hours.
    time: { in: 'signature', unit: 'seconds', tolerance: A_DAY },
  }),
  eventType: first(field('event-data.event'), field('event')),
  deliveryId: first(field('event-data.id'), field('token')),
  about: {
    source: ({ payload }) => finder(payload)('event-data.domain.name', 'event-data.envelope.sender', 'domain'),
    actor: ({ payload }) => finder(payload)('event-data.recipient', 'recipient'),
    subject: ({ payload }) => keyed('message', finder(payload)('event-data.message.headers.message-id')),
    state: field('event-data.delivery-status.code'),
  },
  setup: `
1. Open **Sending → Webhooks**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **HTTP webhook signing key**, and give it to Bellhop.`,
});
