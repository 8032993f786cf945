import { createHash } from 'node:crypto';
import type { Severity } from '../core/about.ts';
import { at } from '../core/delivery.ts';
import { guessAbout } from '../core/guess-about.ts';
import { toMoment } from '../core/moment.ts';
import { defineProvider, type Incoming } from '../core/provider.ts';
import { severityOf } from '../core/severity-words.ts';
import { dictionary, type Find, finder, keyed, labelled, plural, sentence } from '../core/words.ts';
import { chosen } from '../signatures/chosen.ts';
import { hmac } from '../signatures/hmac.ts';
import { timestamped } from '../signatures/timestamped.ts';

const SIGNATURE = 'x-grafana-alerting-signature';

// https://grafana.com/docs/grafana/latest/alerting/configure-notifications/manage-contact-points/integrations/webhook-notifier/
export default defineProvider({
  title: 'Grafana',
  docs: 'https://grafana.com/docs/grafana/latest/alerting/configure-notifications/manage-contact-points/integrations/webhook-notifier/',
  secret: 'ours',
  evidence: 'community',
  sample: 'firing',
  options: {
    'timestamp-header': { description: 'The timestamp header named in the contact point, when one is named there' },
  },
  signature: chosen((_delivery, { options }) => {
    const timestampHeader = options['timestamp-header']?.trim().toLowerCase();
    return timestampHeader
      ? timestamped({ header: SIGNATURE, time: { header: timestampHeader }, separator: ':' })
      : hmac({ header: SIGNATURE });
  }),
  eventType: ({ payload }) => stateOf(finder(payload)),
  deliveryId: ({ payload }) => changeOf(payload),
  // It says the same again every repeat interval, on purpose; only its quick retries are repeats.
  repeatWindow: 60,
  about: {
    title: (event) => titleOf(finder(event.payload), event) ?? guessAbout(event.payload, event.type).title,
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
    severity: ({ payload }) => severityFor(finder(payload)),
    occurredAt: ({ payload }) =>
      toMoment(
        finder(payload)('status') === 'resolved'
          ? finder(payload)('alerts.0.endsAt')
          : finder(payload)('alerts.0.startsAt'),
      ),
    labels: ({ payload }) => {
      const find = finder(payload);
      return labelled({
        alertname: find('commonLabels.alertname', 'ruleName'),
        severity: find('commonLabels.severity'),
        instance: find('commonLabels.instance'),
        folder: find('commonLabels.grafana_folder'),
      });
    },
  },
  setup: `
1. Open **Alerting → Contact points → Add contact point** and choose **Webhook**.
2. Paste {{url}} as **URL**.
3. Under **Optional settings → HMAC signature**, paste {{secret}} as **Secret**. If you name a **Timestamp header** there, tell us its name: \`timestamp-header=…\`.
4. Press **Test**, save, and use the contact point in a notification policy.`,
});

function stateOf(find: Find): string | undefined {
  const states = dictionary<string>({ alerting: 'firing', ok: 'resolved' });
  const state = find('status', 'state');
  return state && (states(state) ?? state);
}

function titleOf(find: Find, { payload }: Incoming): string | undefined {
  const alerts = at(payload, 'alerts');
  // Before Grafana 9 one delivery was one rule.
  if (!Array.isArray(alerts))
    return sentence(
      find('ruleName', 'title'),
      stateOf(find)?.replaceAll('_', ' '),
      find('message') && '—',
      find('message'),
    );
  const count = alerts.length;
  const name =
    find('commonLabels.alertname', 'groupLabels.alertname') ??
    (count > 1 ? plural(count, 'alert') : find('alerts.0.labels.alertname'));
  const where = find('commonLabels.instance', 'commonLabels.service', 'commonLabels.job');
  const many = count > 1 && name !== plural(count, 'alert') ? `(${plural(count, 'alert')})` : undefined;
  const summary =
    find('commonAnnotations.summary') ??
    (count === 1 ? find('alerts.0.annotations.summary', 'commonAnnotations.description') : undefined);
  return sentence(name ?? find('title'), name && stateOf(find), where && `on ${where}`, many, summary && '—', summary);
}

function changeOf(payload: unknown): string | undefined {
  const [key, alerts] = [at(payload, 'groupKey'), at(payload, 'alerts')];
  if (typeof key !== 'string' || !Array.isArray(alerts)) return undefined;
  const states = alerts.map((alert) => ['fingerprint', 'status', 'startsAt'].map((name) => at(alert, name)));
  return createHash('sha256')
    .update(JSON.stringify([key, at(payload, 'orgId'), at(payload, 'receiver'), at(payload, 'status'), states]))
    .digest('hex');
}

function severityFor(find: Find): Severity {
  const state = stateOf(find);
  if (state === 'resolved') return 'good';
  if (state === 'no_data' || state === 'pending' || state === 'paused') return 'warning';
  const severity = severityOf(find('commonLabels.severity', 'alerts.0.labels.severity')) ?? 'critical';
  return severity === 'good' ? 'info' : severity;
}
