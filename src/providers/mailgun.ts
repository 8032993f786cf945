import type { Parsed } from '../core/delivery/delivery.ts';
import { field, first } from '../core/delivery/readers.ts';
import type { Severity } from '../core/message/severity.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { toMoment } from '../core/text/moment.ts';
import { dictionary, finder, keyed, labelled } from '../reading/finder.ts';
import { guessAbout } from '../reading/guess-about.ts';
import { inPayload } from '../signatures/carriers/in-payload.ts';
import { mac } from '../signatures/mac.ts';
import { fromPayload, time } from '../signatures/text/parts.ts';
import { A_DAY } from '../signatures/timestamped.ts';

const SEVERITIES = dictionary<Severity>({
  complained: 'warning',
  permanent_fail: 'warning',
  rejected: 'warning',
});

export default defineProvider({
  title: 'Mailgun',
  docs: 'https://documentation.mailgun.com/docs/mailgun/user-manual/events/webhooks',
  secret: 'theirs',
  evidence: 'vendor',
  sample: 'permanent_fail',
  signature: mac({
    carrier: inPayload(['signature.signature', 'signature'], ['signature.timestamp', 'timestamp']),
    signed: [time, fromPayload('signature.token', 'token')],
    // The same time is sent again with every attempt, for eight hours.
    time: { in: 'signature', unit: 'seconds', tolerance: A_DAY },
  }),
  eventType: typeOf,
  deliveryId: first(field('event-data.id'), field('token')),
  about: {
    title: ({ payload, type }) =>
      finder(payload)('event-data.message.headers.subject', 'subject') ?? guessAbout(payload, type).title,
    source: ({ payload }) =>
      finder(payload)('event-data.domain.name') ??
      finder(payload)('event-data.envelope.sender', 'event-data.message.headers.from', 'domain')?.match(
        /[\w.-]+$/,
      )?.[0],
    actor: ({ payload }) => finder(payload)('event-data.recipient', 'recipient'),
    subject: ({ payload }) =>
      keyed('message', finder(payload)('event-data.message.headers.message-id', 'Message-Id', 'message-id')),
    state: ({ type }) => type,
    severity: ({ type }) => SEVERITIES(type) ?? 'info',
    occurredAt: ({ payload }) => toMoment(finder(payload)('event-data.timestamp', 'timestamp')),
    url: ({ payload }) => {
      const domain = finder(payload)('event-data.domain.name');
      return domain && `https://app.mailgun.com/mg/reporting/logs/${encodeURIComponent(domain)}`;
    },
    labels: ({ payload }) =>
      labelled({
        environment: finder(payload)('event-data.domain.name', 'domain')?.startsWith('sandbox') ? 'sandbox' : undefined,
        reason: finder(payload)('event-data.reason', 'reason'),
      }),
  },
  setup: `
1. Open **Sending → Webhooks**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **HTTP webhook signing key**, and give it to Bellhop.`,
});

/** What failed for now and what failed for good have names of their own where webhooks are set up, and the same in the payload. */
function typeOf({ payload }: Parsed): string | undefined {
  const find = finder(payload);
  const type = find('event-data.event', 'event');
  if (type !== 'failed') return type;
  return find('event-data.severity', 'severity') === 'temporary' ? 'temporary_fail' : 'permanent_fail';
}
