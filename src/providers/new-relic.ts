import { first } from '../core/delivery/readers.ts';
import type { Severity } from '../core/message/severity.ts';
import { defineProvider, type Incoming } from '../core/provider/provider.ts';
import { toMoment } from '../core/text/moment.ts';
import { dictionary, finder, keyed, labelled } from '../reading/finder.ts';
import { guessAbout } from '../reading/guess-about.ts';
import { guessType } from '../reading/read-payload.ts';
import { ownHeader, ownHeaderOption } from '../signatures/token.ts';

const STATES = dictionary<string>({ created: 'open', activated: 'open', closed: 'resolved' });
const PRIORITIES = dictionary<Severity>({ CRITICAL: 'critical', HIGH: 'critical', MEDIUM: 'warning', LOW: 'info' });

// https://docs.newrelic.com/docs/alerts/get-notified/notification-integrations/#webhook
export default defineProvider({
  title: 'New Relic',
  aliases: ['newrelic'],
  docs: 'https://docs.newrelic.com/docs/alerts/get-notified/notification-integrations/#webhook',
  secret: 'ours',
  evidence: 'vendor',
  sample: 'activated',
  options: ownHeaderOption,
  signature: ownHeader,
  eventType: first(({ payload }) => finder(payload)('state', 'current_state')?.toLowerCase(), guessType),
  about: {
    title: ({ payload, type }) => finder(payload)('title', 'condition_name') ?? guessAbout(payload, type).title,
    url: ({ payload }) => finder(payload)('issueUrl', 'issuePageUrl', 'incident_url'),
    source: ({ payload }) =>
      finder(payload)(
        'impactedEntities.0',
        'entitiesData.entities.0.name',
        'targets.0.name',
        'alertPolicyNames.0',
        'accumulations.policyName.0',
        'policy_name',
      ),
    actor: ({ payload }) => ownerOf(payload),
    subject: ({ payload }) => {
      const find = finder(payload);
      // A person may leave the id out of the payload, and it stands in the address as well.
      const id = find('id', 'issueId', 'incident_id') ?? find('issueUrl')?.match(/\/issues\/([\w-]+)/)?.[1];
      return keyed('alert', id);
    },
    state: (event) => (isAcknowledged(event) ? 'acknowledged' : (STATES(event.type) ?? event.type)),
    severity: severityFor,
    occurredAt: ({ payload }) => toMoment(finder(payload)('updatedAt', 'timestamp', 'createdAt')),
    labels: ({ payload }) => {
      const find = finder(payload);
      return labelled({
        priority: find('priority', 'severity')?.toLowerCase(),
        policy: find('alertPolicyNames.0', 'accumulations.policyName.0', 'policy_name'),
        environment: find(
          'accumulations.tag.environment.0',
          'accumulations.tag.env.0',
          'targets.0.labels.environment',
          'targets.0.labels.env',
        ),
      });
    },
  },
  setup: `
1. Open **Alerts → Destinations → Webhook** and paste {{url}} as **Endpoint URL**.
2. Choose **Bearer token** as the authorization and paste {{secret}}. With \`header=…\` add a custom header of that name with the secret alone.
3. Open **Alerts → Workflows**, add the destination to the workflow of the issues you want posted, and keep the payload that New Relic proposes.`,
});

/** Whoever took it on; `N/A` where nobody has. */
function ownerOf(payload: unknown): string | undefined {
  const owner = finder(payload)('owner');
  return owner === 'N/A' ? undefined : owner;
}

function isAcknowledged({ payload, type }: Incoming): boolean {
  return type === 'acknowledged' || (type === 'activated' && ownerOf(payload) !== undefined);
}

function severityFor(event: Incoming): Severity {
  if (event.type === 'closed') return 'good';
  if (isAcknowledged(event)) return 'warning';
  const word = finder(event.payload)('priority', 'severity')?.toUpperCase();
  if (word === 'WARNING') return 'warning';
  return PRIORITIES(word) ?? (/^(?:created|activated|open)$/.test(event.type) ? 'warning' : 'info');
}
