import { field } from '../core/delivery/readers.ts';
import type { Severity } from '../core/message/severity.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { toMoment } from '../core/text/moment.ts';
import { dictionary, type Find, finder, keyed, labelled } from '../reading/finder.ts';
import { guessAbout } from '../reading/guess-about.ts';
import { unsigned } from '../signatures/unsigned.ts';

/** Rollbar writes levels as numbers in items, and as words in occurrences. */
const LEVELS = dictionary<string>({ '10': 'debug', '20': 'info', '30': 'warning', '40': 'error', '50': 'critical' });
const STATES = dictionary<string>({ '1': 'active', '2': 'resolved', '3': 'muted' });
const SEVERITIES = dictionary<Severity>({ warning: 'warning', error: 'critical', critical: 'critical' });
const DEPLOYS = dictionary<Severity>({ succeeded: 'good', failed: 'critical', timed_out: 'critical' });

// https://docs.rollbar.com/docs/webhooks
export default defineProvider({
  title: 'Rollbar',
  docs: 'https://docs.rollbar.com/docs/webhooks',
  secret: 'none',
  evidence: 'vendor',
  sample: 'new_item',
  signature: unsigned(),
  recognize: { fields: ['event_name', 'data'] },
  eventType: field('event_name'),
  about: {
    title: ({ payload, type }) => finder(payload)('data.item.title', 'data.message') ?? guessAbout(payload, type).title,
    source: ({ payload }) => {
      const id = finder(payload)('data.item.project_id', 'data.deploy.project_id');
      return id && `project ${id}`;
    },
    actor: ({ payload }) => finder(payload)('data.user.username', 'data.deploy.local_username'),
    subject: ({ payload }) =>
      keyed('error', finder(payload)('data.item.id')) ?? keyed('deployment', finder(payload)('data.deploy.id')),
    state: ({ payload, type }) =>
      type === 'resolved_item'
        ? 'resolved'
        : (STATES(finder(payload)('data.item.status')) ?? finder(payload)('data.deploy.status')),
    severity: ({ payload, type }) => severityFor(finder(payload), type),
    url: ({ payload }) => {
      const uuid = occurrenceOf(finder(payload));
      return uuid && `https://rollbar.com/instance/uuid?uuid=${encodeURIComponent(uuid)}`;
    },
    // What people do to an item comes without a time of its own.
    occurredAt: ({ payload, type }) =>
      toMoment(
        finder(payload)(
          'data.occurrence.timestamp',
          ...(/^(?:resolved|reopened)_item$/.test(type) ? [] : ['data.item.last_occurrence_timestamp']),
          'data.deploy.finish_time',
          'data.deploy.start_time',
        ),
      ),
    labels: ({ payload }) =>
      labelled({
        level: levelOf(finder(payload)),
        environment: finder(payload)('data.item.environment', 'data.deploy.environment'),
      }),
  },
  happening({ payload, type }) {
    const uuid = occurrenceOf(finder(payload));
    // With "every occurrence" switched on, an error is sent by itself and again by each rule that it sets off.
    return uuid && /^(?:occurrence|new_item|exp_repeat_item|reactivated_item)$/.test(type)
      ? { keys: [`occurrence ${uuid}`], fact: 'occurred', better: type === 'occurrence' ? BETTER : [], within: 600 }
      : undefined;
  },
  setup: `
1. Open **Settings → Notifications → Webhook** of the project, paste {{url}} as the URL and enable the integration.
2. Add a rule for each event you want posted.

Rollbar signs nothing, so keep the URL to yourself.`,
});

const BETTER = ['new_item', 'exp_repeat_item', 'reactivated_item'];

function occurrenceOf(find: Find): string | undefined {
  return find('data.occurrence.uuid', 'data.item.last_occurrence.uuid');
}

function levelOf(find: Find): string | undefined {
  return LEVELS(find('data.item.level')) ?? find('data.occurrence.level', 'data.item.last_occurrence.level');
}

function severityFor(find: Find, type: string): Severity {
  if (type === 'resolved_item') return 'good';
  if (type === 'deploy') return DEPLOYS(find('data.deploy.status')) ?? 'info';
  return SEVERITIES(levelOf(find)) ?? 'info';
}
