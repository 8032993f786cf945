import { field } from '../core/delivery/readers.ts';
import type { Severity } from '../core/message/severity.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { toMoment } from '../core/text/moment.ts';
import { dictionary, type Find, finder, keyed, labelled } from '../reading/finder.ts';
import { guessAbout } from '../reading/guess-about.ts';
import { token } from '../signatures/token.ts';

const SEVERITIES = dictionary<Severity>({
  occurred: 'critical',
  rate_exceeded: 'critical',
  unresolved: 'warning',
  volume_spike: 'critical',
  down: 'critical',
  check_in_missing: 'critical',
  alarm_alert: 'critical',
  cert_will_expire: 'warning',
  resolved: 'good',
  up: 'good',
  check_in_reporting: 'good',
  alarm_ok: 'good',
});
const STATES = dictionary<string>({
  occurred: 'open',
  rate_exceeded: 'open',
  unresolved: 'open',
  resolved: 'resolved',
  down: 'down',
  up: 'up',
  check_in_missing: 'down',
  check_in_reporting: 'up',
  alarm_alert: 'firing',
  alarm_ok: 'ok',
});
const MOMENTS = dictionary<string>({
  occurred: 'notice.created_at',
  rate_exceeded: 'notice.created_at',
  down: 'outage.down_at',
  up: 'outage.up_at',
  deployed: 'deploy.created_at',
  commented: 'comment.created_at',
});

// https://docs.honeybadger.io/guides/integrations/payloads/
export default defineProvider({
  title: 'Honeybadger',
  docs: 'https://docs.honeybadger.io/guides/integrations/webhook/',
  secret: 'ours',
  evidence: 'vendor',
  sample: 'occurred',
  signature: token({ header: 'authorization', prefix: 'Bearer ' }),
  recognize: { fields: ['event', 'message', 'project.id'] },
  eventType: field('event'),
  about: {
    title: ({ payload, type }) => finder(payload)('message') ?? guessAbout(payload, type).title,
    source: ({ payload }) => finder(payload)('project.name') ?? bracketed(payload)?.[1],
    actor: ({ payload }) => finder(payload)('actor.name', 'deploy.local_username'),
    subject: ({ payload, type }) => {
      const find = finder(payload);
      // What people say of an error stands beside it, and not in its place.
      const kind = /^(?:assigned|commented)$/.test(type) ? 'discussion' : 'error';
      return (
        keyed(kind, find('fault.id')) ??
        keyed('monitor', find('site.id')) ??
        keyed('heartbeat', find('check_in.id')) ??
        keyed('alarm', find('alarm.id')) ??
        keyed('deployment', find('deploy.id'))
      );
    },
    state: ({ type }) => STATES(type),
    severity: ({ payload, type }) => severityFor(finder(payload), type),
    url: ({ payload }) =>
      finder(payload)('notice.url', 'fault.url', 'site.details_url', 'alarm.url', 'deploy.url', 'site.url'),
    // What people do to an error comes without a time of its own.
    occurredAt: ({ payload, type }) => {
      const path = MOMENTS(type);
      return path ? toMoment(finder(payload)(path)) : undefined;
    },
    labels: ({ payload }) => {
      const find = finder(payload);
      return labelled({
        environment:
          find('fault.environment', 'notice.environment.environment_name', 'deploy.environment') ??
          bracketed(payload)?.[2],
        component: find('fault.component'),
      });
    },
  },
  setup: `
1. Open **Project Settings → Alerts & Integrations → Webhook** and paste {{url}} as the URL.
2. Paste {{secret}} as the **bearer token**, choose the events you want posted, and save.`,
});

/** Its messages begin with the project and the environment: `[shop/production] …`. */
function bracketed(payload: unknown): RegExpMatchArray | null | undefined {
  return finder(payload)('message')?.match(/^\[([^\]/]{1,80})(?:\/([^\]]{1,80}))?\]/);
}

function severityFor(find: Find, type: string): Severity {
  // A site that is watched from now on is reported as up, without an outage.
  if (type === 'up' && !find('outage.down_at')) return 'info';
  return SEVERITIES(type) ?? 'info';
}
