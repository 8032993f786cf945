import { field, first, header } from '../core/delivery/readers.ts';
import type { Severity } from '../core/message/severity.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { toMoment } from '../core/text/moment.ts';
import { type Find, finder, keyed, labelled } from '../reading/finder.ts';

import { guessAbout } from '../reading/guess-about.ts';
import { hmac } from '../signatures/hmac.ts';
import { wholeBody } from '../signatures/signed-bytes.ts';

// https://developer.pagerduty.com/docs/webhooks-overview (version 3)
export default defineProvider({
  title: 'PagerDuty',
  docs: 'https://developer.pagerduty.com/docs/webhooks-overview',
  secret: 'theirs',
  evidence: 'vendor',
  sample: 'incident.triggered',
  signature: hmac({ header: 'x-pagerduty-signature', prefix: 'v1=', list: true }),
  events: 'messages.*',
  eventType: first(field('event.event_type'), field('messages.0.event'), field('messages.0.type')),
  deliveryId: first(field('event.id'), header('x-webhook-id'), field('messages.0.id')),
  // It signs the body alone.
  identity: first(field('event.id'), field('messages.0.id'), wholeBody),
  about: {
    title: ({ payload, type }) =>
      finder(payload)('event.data.title', 'event.data.incident.summary', 'messages.0.incident.title') ??
      guessAbout(payload, type).title,
    url: ({ payload }) =>
      finder(payload)(
        'event.data.html_url',
        'event.data.incident.html_url',
        'messages.0.incident.html_url',
        'messages.0.data.incident.html_url',
      ),
    source: ({ payload }) =>
      finder(payload)(
        'event.data.service.summary',
        'messages.0.incident.service.name',
        'messages.0.data.incident.service.name',
      ) ??
      (finder(payload)('event.resource_type') === 'service'
        ? finder(payload)('event.data.summary', 'event.data.name')
        : undefined),
    actor: ({ payload }) => finder(payload)('event.agent.summary', 'messages.0.log_entries.0.agent.summary'),
    subject: ({ payload }) => {
      const find = finder(payload);
      const incident =
        find('event.data.incident.id', 'messages.0.incident.id', 'messages.0.data.incident.id') ??
        (find('event.resource_type') === 'incident' ? find('event.data.id') : undefined);
      return keyed('incident', incident);
    },
    state: ({ payload }) =>
      finder(payload)('event.data.status', 'messages.0.incident.status', 'messages.0.data.incident.status'),
    severity: ({ payload, type }) => severityFor(finder(payload), type),
    occurredAt: ({ payload }) => toMoment(finder(payload)('event.occurred_at', 'messages.0.created_on')),
    labels: ({ payload }) =>
      labelled({
        urgency: finder(payload)('event.data.urgency', 'messages.0.incident.urgency'),
        priority: finder(payload)('event.data.priority.summary'),
        assignee: finder(payload)('event.data.assignees.0.summary'),
      }),
  },
  quiet: ({ type }) => (type === 'pagey.ping' ? 'it only tries whether deliveries arrive' : undefined),
  setup: `
1. Open **Integrations → Generic Webhooks (v3) → New Webhook**.
2. Paste {{url}} as **Webhook URL** and choose the scope and the events you want posted.
3. Press **Add Webhook**, copy the secret that PagerDuty shows once, and give it to Bellhop.`,
});

function severityFor(find: Find, type: string): Severity {
  if (/\.resolved?$/.test(type)) return 'good';
  if (/\.(trigger(ed)?|escalated?|reopened|unacknowledged?)$/.test(type))
    return find('event.data.urgency', 'messages.0.incident.urgency') === 'low' ? 'warning' : 'critical';
  if (/\.(acknowledged?|assign|delegated?|reassigned)$/.test(type)) return 'warning';
  return 'info';
}
