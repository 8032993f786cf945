import type { Severity } from '../core/message/severity.ts';
import { defineProvider, type Incoming } from '../core/provider/provider.ts';
import { alertChange, alertMoment, alertSeverity } from '../reading/alert-group.ts';
import { dictionary, type Find, finder, keyed, labelled } from '../reading/finder.ts';
import { guessAbout } from '../reading/guess-about.ts';
import { chosen } from '../signatures/chosen.ts';
import { hmac } from '../signatures/hmac.ts';
import { wholeBody } from '../signatures/signed-bytes.ts';
import { timestamped } from '../signatures/timestamped.ts';

const SIGNATURE = 'x-grafana-alerting-signature';

// https://grafana.com/docs/grafana/latest/alerting/configure-notifications/manage-contact-points/integrations/webhook-notifier/
export default defineProvider({
  title: 'Grafana',
  docs: 'https://grafana.com/docs/grafana/latest/alerting/configure-notifications/manage-contact-points/integrations/webhook-notifier/',
  secret: 'ours',
  evidence: 'vendor',
  sample: 'firing',
  options: {
    'timestamp-header': { description: 'The timestamp header that the contact point names, if any' },
  },
  signature: chosen((_delivery, { options }) => {
    const timestampHeader = options['timestamp-header']?.trim().toLowerCase();
    return timestampHeader
      ? timestamped({ header: SIGNATURE, time: { header: timestampHeader }, separator: ':' })
      : hmac({ header: SIGNATURE });
  }),
  eventType: ({ payload }) => stateOf(finder(payload)),
  deliveryId: ({ payload }) => alertChange(payload),
  identity: (delivery) => alertChange(delivery.payload) ?? wholeBody(delivery),
  // It says the same again every repeat interval, on purpose; only its quick retries are repeats.
  repeatWindow: 60,
  about: {
    title: ({ payload, type }) =>
      finder(payload)('commonLabels.alertname', 'groupLabels.alertname', 'alerts.0.labels.alertname', 'ruleName') ??
      guessAbout(payload, type).title,
    url: ({ payload }) =>
      finder(payload)('alerts.0.panelURL', 'alerts.0.dashboardURL', 'ruleUrl', 'alerts.0.generatorURL', 'externalURL'),
    source: ({ payload }) =>
      finder(payload)(
        'commonLabels.grafana_folder',
        'groupLabels.grafana_folder',
        'alerts.0.labels.grafana_folder',
        'commonLabels.service',
        'commonLabels.job',
        'receiver',
        'ruleName',
      ),
    subject: ({ payload }) => keyed('alerts', finder(payload)('groupKey')) ?? keyed('rule', finder(payload)('ruleId')),
    state: ({ payload }) => stateOf(finder(payload)),
    severity: severityFor,
    occurredAt: ({ payload }) => alertMoment({ payload, state: stateOf(finder(payload)) }),
    labels: ({ payload }) => {
      const find = finder(payload);
      return labelled({
        alertname: find('commonLabels.alertname', 'ruleName'),
        severity: find('commonLabels.severity'),
        instance: find('commonLabels.instance'),
        folder: find('commonLabels.grafana_folder'),
        environment: find('commonLabels.environment', 'commonLabels.env', 'commonLabels.stage'),
      });
    },
  },
  setup: `
1. Open **Alerting → Contact points → Add contact point** and choose **Webhook**.
2. Paste {{url}} as **URL**.
3. Under **Optional settings → HMAC signature**, paste {{secret}} as **Secret**. If you name a **Timestamp header** there, give Bellhop its name: \`timestamp-header=…\`.
4. Press **Test**, save, and use the contact point in a notification policy.`,
});

function stateOf(find: Find): string | undefined {
  const states = dictionary<string>({ alerting: 'firing', ok: 'resolved' });
  const state = find('status', 'state');
  return state && (states(state) ?? state);
}

function severityFor({ payload }: Incoming): Severity {
  const state = stateOf(finder(payload));
  return state === 'no_data' || state === 'pending' || state === 'paused'
    ? 'warning'
    : alertSeverity({ payload, state });
}
