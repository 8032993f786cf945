import type { Severity } from '../core/message/severity.ts';
import { defineProvider, type Incoming } from '../core/provider/provider.ts';
import { toMoment } from '../core/text/moment.ts';
import { dictionary, finder, keyed, labelled } from '../reading/finder.ts';
import { guessAbout } from '../reading/guess-about.ts';
import { basic } from '../signatures/basic.ts';
import { chosen } from '../signatures/chosen.ts';
import { tokenInQuery } from '../signatures/token-in-payload.ts';

const byPassword = basic();
const byToken = tokenInQuery('auth_token');

const SEVERITIES = dictionary<Severity>({ critical: 'critical', error: 'critical', warning: 'warning' });

// https://cloud.google.com/monitoring/support/notification-options#webhooks
export default defineProvider({
  title: 'Google Cloud Monitoring',
  aliases: ['gcp-monitoring', 'gcp', 'stackdriver', 'google-cloud'],
  docs: 'https://cloud.google.com/monitoring/support/notification-options#webhooks',
  secret: 'ours',
  evidence: 'vendor',
  sample: 'incident.open',
  options: {
    verify: { description: 'Where Google puts the secret: `basic` when left out', choices: ['basic', 'query'] },
  },
  signature: chosen((_delivery, { options }) => (options.verify === 'query' ? byToken : byPassword)),
  eventType: ({ payload }) => {
    const state = finder(payload)('incident.state')?.toLowerCase();
    return finder(payload)('version') === 'test' ? 'test' : state && `incident.${state}`;
  },
  about: {
    title: ({ payload, type }) =>
      finder(payload)('incident.documentation.subject', 'incident.policy_name', 'incident.summary') ??
      guessAbout(payload, type).title,
    url: ({ payload }) => finder(payload)('incident.url'),
    source: ({ payload }) =>
      finder(payload)(
        'incident.resource_display_name',
        'incident.resource.labels.service_name',
        'incident.resource_name',
        'incident.policy_name',
        'incident.scoping_project_id',
      ),
    subject: ({ payload }) => keyed('incident', finder(payload)('incident.incident_id')),
    state: ({ type }) =>
      type === 'incident.closed' ? 'resolved' : type.startsWith('incident.') ? type.slice(9) : undefined,
    severity: severityFor,
    occurredAt: ({ payload, type }) =>
      toMoment(finder(payload)(type === 'incident.closed' ? 'incident.ended_at' : 'incident.started_at')),
    labels: ({ payload }) => {
      const find = finder(payload);
      return labelled({
        policy: find('incident.policy_name'),
        project: find('incident.scoping_project_id'),
        environment: find(
          'incident.policy_user_labels.environment',
          'incident.policy_user_labels.env',
          'incident.metadata.user_labels.environment',
          'incident.metadata.user_labels.env',
        ),
      });
    },
  },
  setup: `
1. Open **Monitoring → Alerting → Edit notification channels → Webhooks → Add new** and paste {{url}} as **Endpoint URL**.
2. Tick **Use HTTP Basic Auth**, write any user name, and paste {{secret}} as the password. With \`verify=query\` leave it unticked and add \`?auth_token={{secret}}\` to the URL.
3. Press **Test connection**, save, and add the channel to the alerting policies you want posted.`,
});

function severityFor({ payload, type }: Incoming): Severity {
  if (type === 'incident.closed') return 'good';
  if (type === 'incident.acknowledged') return 'warning';
  if (type !== 'incident.open') return 'info';
  const word = finder(payload)('incident.severity')?.toLowerCase();
  return word === 'no severity' || word === undefined ? 'critical' : (SEVERITIES(word) ?? 'warning');
}
