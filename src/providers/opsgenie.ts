import { field } from '../core/delivery/readers.ts';
import type { Severity } from '../core/message/severity.ts';
import { defineProvider, type Incoming } from '../core/provider/provider.ts';
import { toMoment } from '../core/text/moment.ts';
import { dictionary, finder, keyed, labelled } from '../reading/finder.ts';
import { guessAbout } from '../reading/guess-about.ts';
import { ownHeader, ownHeaderOption } from '../signatures/token.ts';

const PRIORITIES = dictionary<Severity>({ P1: 'critical', P2: 'critical', P3: 'warning', P4: 'info', P5: 'info' });
/** What an action leaves the alert in. */
const STATES = dictionary<string>({
  Create: 'open',
  Acknowledge: 'acknowledged',
  UnAcknowledge: 'open',
  Close: 'resolved',
  Delete: 'deleted',
  Snooze: 'snoozed',
  SnoozeEnded: 'open',
});

// https://support.atlassian.com/opsgenie/docs/opsgenie-edge-connector-alert-action-data/
export default defineProvider({
  title: 'Opsgenie',
  aliases: ['ops-genie', 'jira-service-management-operations'],
  docs: 'https://support.atlassian.com/opsgenie/docs/integrate-opsgenie-with-webhook/',
  secret: 'ours',
  evidence: 'vendor',
  sample: 'Create',
  options: ownHeaderOption,
  signature: ownHeader,
  eventType: field('action'),
  about: {
    title: ({ payload, type }) => finder(payload)('alert.message') ?? guessAbout(payload, type).title,
    url: ({ payload }) => {
      const id = finder(payload)('alert.alertId');
      return id && `https://app.opsgenie.com/alert/detail/${encodeURIComponent(id)}/details`;
    },
    source: ({ payload }) => {
      const find = finder(payload);
      return [find('alert.entity'), find('alert.source')].find((name) => name && !name.includes('@'));
    },
    actor: ({ payload, type }) => (type === 'Create' ? undefined : finder(payload)('alert.username')),
    subject: ({ payload }) => keyed('alert', finder(payload)('alert.alertId')),
    state: ({ type }) => STATES(type),
    severity: severityFor,
    occurredAt: ({ payload, type }) =>
      toMoment(finder(payload)(type === 'Create' ? 'alert.createdAt' : 'alert.updatedAt', 'alert.createdAt')),
    labels: ({ payload }) => {
      const find = finder(payload);
      return labelled({
        priority: priorityOf(payload),
        environment: find('alert.details.environment', 'alert.details.env'),
        alias: find('alert.alias'),
      });
    },
  },
  setup: `
1. Open **Settings → Integrations → Add integration** and choose **Webhook**.
2. Paste {{url}} as **Webhook URL**.
3. Add a custom header \`Authorization\` with the value \`Bearer {{secret}}\`. With \`header=…\` the secret stands alone in a header of that name.
4. Tick **Add alert description** and **Add alert details**, choose the alert actions you want posted, and turn the integration on.`,
});

/** It writes a priority as `P3`, and in older integrations as 3. */
function priorityOf(payload: unknown): string | undefined {
  const priority = finder(payload)('alert.priority');
  return priority && (/^\d$/.test(priority) ? `P${priority}` : priority);
}

function severityFor({ payload, type }: Incoming): Severity {
  if (type === 'Close') return 'good';
  if (type === 'Acknowledge') return 'warning';
  if (!/^(?:Create|UnAcknowledge|Escalate|EscalateNext|SnoozeEnded|UpdatePriority)$/.test(type)) return 'info';
  return PRIORITIES(priorityOf(payload)) ?? 'warning';
}
