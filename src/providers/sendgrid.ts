import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { inHeaders } from '../signatures/carriers/in-headers.ts';
import { asDer } from '../signatures/keys/public-keys.ts';
import { publicKey } from '../signatures/public-key.ts';
import { body, time } from '../signatures/text/parts.ts';
import { A_DAY } from '../signatures/timestamped.ts';

export default defineProvider({
  title: 'Twilio SendGrid',
  docs: 'https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/getting-started-event-webhook-security-features',
  secret: 'theirs',
  evidence: 'vendor',
  signature: publicKey({
    carrier: inHeaders({ header: 'x-twilio-email-event-webhook-signature' }),
    kind: 'ecdsa-sha256',
    key: asDer,
    signed: [time, body],
    time: { in: { header: 'x-twilio-email-event-webhook-timestamp' }, unit: 'seconds', tolerance: A_DAY },
  }),
  events: '*',
  eventType: field('0.event'),
  deliveryId: field('0.sg_event_id'),
  about: {
    actor: field('0.email'),
    subject: ({ payload }) => keyed('message', finder(payload)('0.sg_message_id')),
    state: field('0.event'),
  },
  setup: `
1. Open **Settings → Mail Settings → Event Webhook**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **Verification Key**, and give it to Bellhop.`,
});
