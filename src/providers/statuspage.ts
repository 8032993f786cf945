import type { Severity } from '../core/message/severity.ts';
import { defineProvider, type Incoming } from '../core/provider/provider.ts';
import { toMoment } from '../core/text/moment.ts';
import { dictionary, finder, keyed, labelled } from '../reading/finder.ts';
import { guessAbout } from '../reading/guess-about.ts';
import { unsigned } from '../signatures/unsigned.ts';

const IMPACTS = dictionary<Severity>({
  critical: 'critical',
  major: 'critical',
  minor: 'warning',
  maintenance: 'info',
  none: 'info',
});
const COMPONENTS = dictionary<Severity>({
  operational: 'good',
  degraded_performance: 'warning',
  partial_outage: 'warning',
  major_outage: 'critical',
  under_maintenance: 'info',
});

// https://support.atlassian.com/statuspage/docs/enable-webhook-notifications/
export default defineProvider({
  title: 'Statuspage',
  aliases: ['status-page', 'atlassian-statuspage'],
  docs: 'https://support.atlassian.com/statuspage/docs/enable-webhook-notifications/',
  secret: 'none',
  evidence: 'vendor',
  sample: 'incident.investigating',
  signature: unsigned(),
  eventType: ({ payload }) => {
    const find = finder(payload);
    const component = find('component_update.new_status', 'component.status');
    const incident = find('incident.status');
    return incident ? `incident.${incident}` : component && `component.${component}`;
  },
  about: {
    title: ({ payload, type }) => finder(payload)('incident.name', 'component.name') ?? guessAbout(payload, type).title,
    url: ({ payload }) => finder(payload)('incident.shortlink', 'page.url') ?? pageOf(payload),
    source: ({ payload }) =>
      finder(payload)('page.name', 'component.name', 'incident.components.0.name') ?? hostOf(pageOf(payload)),
    subject: ({ payload }) =>
      keyed('incident', finder(payload)('incident.id')) ?? keyed('service', finder(payload)('component.id')),
    state: ({ payload }) => finder(payload)('incident.status', 'component_update.new_status', 'component.status'),
    severity: severityFor,
    occurredAt: ({ payload }) =>
      toMoment(
        finder(payload)(
          'incident.incident_updates.0.created_at',
          'incident.updated_at',
          'component_update.created_at',
          'component.updated_at',
        ),
      ),
    labels: ({ payload }) =>
      labelled({ impact: finder(payload)('incident.impact'), component: finder(payload)('component.name') }),
  },
  setup: `
1. On your own page open **Subscribers → Options → Settings** and let people subscribe by **Webhook**; on the page of another company press **Subscribe to updates**.
2. Choose the webhook, paste {{url}} and an e-mail address that hears when deliveries fail.

Statuspage signs nothing: keep the URL secret.`,
});

/** The page's address is known only by the link to end the subscription. */
function pageOf(payload: unknown): string | undefined {
  const link = finder(payload)('meta.unsubscribe');
  return link && URL.canParse(link) ? new URL(link).origin : undefined;
}

function hostOf(address: string | undefined): string | undefined {
  return address && new URL(address).hostname;
}

function severityFor({ payload, type }: Incoming): Severity {
  if (/^incident\.(?:resolved|completed)$/.test(type)) return 'good';
  if (/^incident\.(?:postmortem|scheduled|in_progress|verifying)$/.test(type)) return 'info';
  if (type === 'incident.monitoring') return 'warning';
  const impact = finder(payload)('incident.impact');
  if (type.startsWith('incident.')) return IMPACTS(impact) ?? 'warning';
  return COMPONENTS(finder(payload)('component_update.new_status', 'component.status')) ?? 'info';
}
