import { field, header } from '../core/delivery/readers.ts';
import { type Severity, severityOf } from '../core/message/severity.ts';

import { defineProvider } from '../core/provider/provider.ts';
import { contradictsShape } from '../core/provider/shape.ts';
import { toMoment } from '../core/text/moment.ts';
import { type Find, finder, keyed, labelled } from '../reading/finder.ts';

import { guessAbout } from '../reading/guess-about.ts';
import { hmac } from '../signatures/hmac.ts';
import { signedBytes } from '../signatures/signed-bytes.ts';

const SIGNATURE = 'sentry-hook-signature';

// https://docs.sentry.io/organization/integrations/integration-platform/webhooks/
export default defineProvider({
  title: 'Sentry',
  docs: 'https://docs.sentry.io/organization/integrations/integration-platform/webhooks/',
  secret: 'theirs',
  evidence: 'vendor',
  sample: 'issue.created',
  signature: hmac({ header: SIGNATURE }),
  eventType: (delivery) => {
    const find = finder(delivery.payload);
    const resource =
      header('sentry-hook-resource')(delivery) ??
      (find('data.issue.id') ? 'issue' : find('data.event.event_id') ? 'event_alert' : 'event');
    const action = field('action')(delivery);
    return action ? `${resource}.${action}` : resource;
  },
  deliveryId: header('request-id'),
  identity: signedBytes(SIGNATURE),
  // An issue that is assigned, resolved or archived again sends an equal body.
  repeatWindow: (type) => (/^issue\.(?:archived|assigned|ignored|resolved|unresolved)$/.test(type) ? 60 : undefined),
  contradicts: contradictsShape({
    shapes: {
      comment: ['data.comment_id'],
      error: ['data.error'],
      event: ['project_slug', 'culprit', 'url'],
      event_alert: ['data.event'],
      installation: ['data.installation'],
      issue: ['data.issue'],
      metric_alert: ['data.metric_alert'],
    },
    shapeOf: (type) => type.split('.', 1)[0] ?? type,
  }),
  // What it calls issues are faults that come and go, and nobody talks about them there.
  follow: 'edit',
  about: {
    title: ({ payload, type }) =>
      finder(payload)('data.issue.title', 'data.event.title', 'data.error.title', 'event.title', 'message') ??
      guessAbout(payload, type).title,
    url: ({ payload }) =>
      finder(payload)(
        'data.issue.web_url',
        'data.issue.permalink',
        'data.event.web_url',
        'data.web_url',
        'data.error.web_url',
        'url',
      ),
    source: ({ payload }) => {
      const find = finder(payload);
      const slug = find('data.issue.project.slug', 'data.project_slug', 'project_slug', 'data.metric_alert.projects.0');
      // An alert on an issue gives its project by number, and by name only inside an address.
      const inside = find('data.event.url', 'data.error.url')?.match(/\/projects\/[^/]+\/([^/]+)\//)?.[1];
      const names = ['data.issue.project.name', 'data.event.project', 'data.error.project', 'project'];
      return slug ?? inside ?? names.map((name) => find(name)).find((name) => name && !/^\d+$/.test(name));
    },
    actor: ({ payload }) => (finder(payload)('actor.type') === 'user' ? finder(payload)('actor.name') : undefined),
    subject: ({ payload, type }) => {
      const find = finder(payload);
      const issue =
        find('data.issue.id', 'data.issue_id', 'data.event.issue_id', 'data.error.issue_id') ??
        find('data.event.issue_url')?.match(/\/issues\/(\d+)/)?.[1];
      return (
        keyed('issue', issue ?? (type === 'event' ? find('id') : undefined)) ??
        keyed('metric_alert', find('data.metric_alert.id'))
      );
    },
    state: ({ payload, type }) =>
      finder(payload)('data.issue.status') ?? (type.startsWith('metric_alert.') ? type.split('.')[1] : undefined),
    severity: ({ payload, type }) => severityFor(finder(payload), type),
    occurredAt: ({ payload }) =>
      toMoment(
        finder(payload)(
          'data.event.datetime',
          'data.error.datetime',
          'data.issue.lastSeen',
          'data.metric_alert.date_detected',
          'event.timestamp',
        ),
      ),
    labels: ({ payload }) => {
      const find = finder(payload);
      return labelled({
        level: find('data.issue.level', 'data.event.level', 'data.error.level', 'level'),
        environment: find(
          'data.event.environment',
          'data.error.environment',
          'event.environment',
          'data.metric_alert.alert_rule.environment',
        ),
        issue: find('data.issue.shortId'),
        rule: find('data.triggered_rule', 'triggering_rules.0'),
      });
    },
  },
  happening({ payload, type }) {
    const id = finder(payload)('data.event.event_id', 'data.error.event_id', 'event.event_id');
    // An error is sent by itself, and again by each alert rule that it sets off.
    const occurred = /^(?:error|event|event_alert)(?:\.|$)/.test(type);
    return id && occurred ? { keys: [`event ${id}`], fact: 'occurred', within: 600 } : undefined;
  },
  setup: `
1. Open **Settings → Developer Settings → Create New Integration → Internal Integration**.
2. Paste {{url}} as **Webhook URL**, switch on **Alert Rule Action**, and choose **issue**, **error** or **comment** under **Webhooks**.
3. Save, copy the **Client Secret**, and give it to Bellhop.
4. In an alert rule, choose to send a notification via your integration.`,
});

function severityFor(find: Find, type: string): Severity {
  if (/\.(resolved|unresolved)$/.test(type)) return type.endsWith('.resolved') ? 'good' : 'warning';
  if (type.startsWith('metric_alert.')) return severityOf(type.split('.')[1]) ?? 'info';
  if (/^(issue\.(assigned|ignored|archived)|comment|installation)/.test(type)) return 'info';
  return severityOf(find('data.issue.level', 'data.event.level', 'data.error.level', 'level', 'event.level')) ?? 'info';
}
