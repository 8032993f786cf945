import type { Severity } from '../core/message/severity.ts';
import { defineProvider, type Incoming } from '../core/provider/provider.ts';
import { toMoment } from '../core/text/moment.ts';
import { dictionary, finder, keyed, labelled } from '../reading/finder.ts';
import { guessAbout } from '../reading/guess-about.ts';
import { unsigned } from '../signatures/unsigned.ts';

const SEVERITIES = dictionary<Severity>({
  Sev0: 'critical',
  Sev1: 'critical',
  Sev2: 'warning',
  Sev3: 'warning',
  Sev4: 'info',
});

// https://learn.microsoft.com/azure/azure-monitor/alerts/alerts-common-schema
export default defineProvider({
  title: 'Azure Monitor',
  aliases: ['azure', 'azure-alerts'],
  docs: 'https://learn.microsoft.com/azure/azure-monitor/alerts/alerts-common-schema',
  secret: 'none',
  evidence: 'vendor',
  sample: 'metric.fired',
  signature: unsigned(),
  eventType: ({ payload }) => {
    const find = finder(payload);
    const condition = find('data.essentials.monitorCondition')?.toLowerCase();
    const service = find('data.essentials.monitoringService');
    const signal = /health/i.test(service ?? '') ? service : find('data.essentials.signalType');
    return condition && `${toWord(signal ?? 'alert')}.${condition}`;
  },
  about: {
    title: ({ payload, type }) => finder(payload)('data.essentials.alertRule') ?? guessAbout(payload, type).title,
    url: ({ payload }) => {
      const find = finder(payload);
      const [page, alert] = [find('data.essentials.investigationLink'), find('data.essentials.alertId')];
      const view = 'https://portal.azure.com/#view/Microsoft_Azure_Monitoring_Alerts/AlertDetails.ReactView/alertId';
      return page ?? (alert && `${view}/${encodeURIComponent(alert)}`);
    },
    source: ({ payload, type }) => {
      const find = finder(payload);
      if (type.startsWith('service_health.')) return find('data.alertContext.properties.service');
      const target = find('data.essentials.alertTargetIDs.0')?.split('/').at(-1);
      return find('data.essentials.configurationItems.0') ?? target ?? find('data.essentials.alertRule');
    },
    actor: ({ payload }) => finder(payload)('data.alertContext.caller'),
    subject: ({ payload }) =>
      keyed('incident', finder(payload)('data.alertContext.properties.trackingId')) ??
      keyed('alert', finder(payload)('data.essentials.alertId')),
    state: ({ payload, type }) => {
      const find = finder(payload);
      // Of these it never says that they are over.
      if (type.startsWith('activity_log.')) return find('data.alertContext.status')?.toLowerCase();
      if (type.startsWith('service_health.') && find('data.alertContext.properties.stage'))
        return find('data.alertContext.properties.stage')?.toLowerCase();
      const condition = find('data.essentials.monitorCondition')?.toLowerCase();
      return condition === 'fired' ? 'firing' : condition;
    },
    severity: severityFor,
    occurredAt: ({ payload, type }) => {
      const find = finder(payload);
      const resolved = type.endsWith('.resolved') ? find('data.essentials.resolvedDateTime') : undefined;
      return toMoment(resolved ?? find('data.essentials.firedDateTime'));
    },
    labels: ({ payload }) => {
      const find = finder(payload);
      return labelled({
        rule: find('data.essentials.alertRule'),
        severity: find('data.essentials.severity'),
        environment: find(
          'data.customProperties.environment',
          'data.customProperties.Environment',
          'data.customProperties.env',
        ),
      });
    },
  },
  setup: `
1. Open **Monitor → Alerts → Action groups → Create**, and under **Actions** choose **Webhook**.
2. Paste {{url}} as **URI** and choose **Yes** at **Enable the common alert schema**.
3. Add the action group to the alert rules you want posted.

Azure Monitor signs nothing: keep the URL secret.`,
});

/** `Activity Log` is activity_log, and `ServiceHealth` service_health. */
function toWord(name: string): string {
  return name
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .replace(/\W+/g, '_')
    .toLowerCase();
}

function severityFor({ payload, type }: Incoming): Severity {
  if (type.endsWith('.resolved')) return 'good';
  if (type.startsWith('service_health.')) {
    const stage = finder(payload)('data.alertContext.properties.stage', 'data.alertContext.status');
    if (/^(?:resolved|complete|rca)$/i.test(stage ?? '')) return 'good';
    const kind = finder(payload)('data.alertContext.properties.incidentType');
    if (kind && kind !== 'Incident') return 'info';
    return 'critical';
  }
  return SEVERITIES(finder(payload)('data.essentials.severity')) ?? 'warning';
}
