import { field } from '../core/delivery/readers.ts';
import type { Severity } from '../core/message/severity.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { toMoment } from '../core/text/moment.ts';
import { dictionary, finder, keyed, labelled } from '../reading/finder.ts';
import { guessAbout } from '../reading/guess-about.ts';
import { inHeaders } from '../signatures/carriers/in-headers.ts';
import { asDer } from '../signatures/keys/public-keys.ts';
import { publicKey } from '../signatures/public-key.ts';
import { body, time } from '../signatures/text/parts.ts';
import { A_DAY } from '../signatures/timestamped.ts';

const SEVERITIES = dictionary<Severity>({
  account_status_change: 'critical',
  bounce: 'warning',
  dropped: 'warning',
  spamreport: 'warning',
});

export default defineProvider({
  title: 'Twilio SendGrid',
  docs: 'https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/getting-started-event-webhook-security-features',
  secret: 'theirs',
  evidence: 'vendor',
  sample: 'bounce',
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
    title: ({ payload, type }) => guessAbout(payload, type).title,
    source: ({ payload }) => finder(payload)('0.category.0', '0.category', '0.marketing_campaign_name', '0.pool.name'),
    actor: field('0.email'),
    // Its own id begins with that of the message, and goes on with where it was made.
    subject: ({ payload }) => keyed('message', finder(payload)('0.sg_message_id')?.split('.')[0]),
    state: field('0.event'),
    severity: ({ type }) => SEVERITIES(type) ?? 'info',
    occurredAt: ({ payload }) => toMoment(finder(payload)('0.timestamp')),
    url: () => 'https://app.sendgrid.com/email_activity',
    labels: ({ payload }) => labelled({ reason: finder(payload)('0.bounce_classification', '0.reason') }),
  },
  setup: `
1. Open **Settings → Mail Settings → Event Webhook**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **Verification Key**, and give it to Bellhop.`,
});
