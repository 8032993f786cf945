import { field } from '../core/delivery/readers.ts';
import type { Severity } from '../core/message/severity.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { toMoment } from '../core/text/moment.ts';
import { dictionary, finder, keyed, labelled } from '../reading/finder.ts';
import { guessAbout } from '../reading/guess-about.ts';
import { timestamped } from '../signatures/timestamped.ts';

const SEVERITIES = dictionary<Severity>({
  'invitee.canceled': 'warning',
  'invitee_no_show.created': 'warning',
});

// https://developer.calendly.com/api-docs/c1ddc06ce1f1b-webhook-payload
export default defineProvider({
  title: 'Calendly',
  docs: 'https://developer.calendly.com/api-docs/ZG9jOjM2MzE2MDM4-webhook-signatures',
  secret: 'ours',
  evidence: 'vendor',
  sample: 'invitee.created',
  signature: timestamped({
    header: 'calendly-webhook-signature',
    time: { field: 't', signature: 'v1' },
    separator: '.',
    tolerance: 180,
  }),
  eventType: field('event'),
  about: {
    title: ({ payload, type }) => finder(payload)('payload.scheduled_event.name') ?? guessAbout(payload, type).title,
    source: ({ payload }) => finder(payload)('payload.scheduled_event.name', 'payload.routing_form.name'),
    actor: ({ payload, type }) =>
      type.startsWith('invitee') ? finder(payload)('payload.name', 'payload.email', 'payload.invitee.name') : undefined,
    subject: ({ payload }) =>
      keyed('booking', finder(payload)('payload.invitee.uri', 'payload.invitee', 'payload.uri')),
    state: ({ payload, type }) =>
      type === 'invitee_no_show.created' ? 'no show' : finder(payload)('payload.status', 'payload.result.type'),
    severity: ({ payload, type }) =>
      // Where it was only moved, nothing is lost.
      finder(payload)('payload.rescheduled') === 'true' ? 'info' : (SEVERITIES(type) ?? 'info'),
    occurredAt: ({ payload }) => toMoment(finder(payload)('created_at')),
    // The addresses in the payload let whoever opens them cancel or move the booking.
    url: () => 'https://calendly.com/app/scheduled_events/user/me',
    labels: ({ payload }) =>
      labelled({ host: finder(payload)('payload.scheduled_event.event_memberships.0.user_name') }),
  },
  quiet: ({ payload, type }) =>
    type === 'invitee.canceled' && finder(payload)('payload.rescheduled') === 'true'
      ? 'the booking was moved, and comes again as a new one'
      : undefined,
  setup: `
1. Use the API: create a webhook subscription with a \`signing_key\` and paste {{url}} as the URL.
2. Paste {{secret}} as the **signing_key**, choose the events you want posted, and save.`,
});
