import { createHash } from 'node:crypto';
import type { Severity } from '../core/about.ts';
import { at, field } from '../core/delivery.ts';
import { guessAbout } from '../core/guess-about.ts';
import { toMoment } from '../core/moment.ts';
import { defineProvider, type Incoming } from '../core/provider.ts';
import { severityOf } from '../core/severity-words.ts';
import { type Find, finder, keyed, labelled, plural, sentence } from '../core/words.ts';
import { basic } from '../signatures/basic.ts';
import { chosen } from '../signatures/chosen.ts';
import { token } from '../signatures/token.ts';

const bearer = token({ header: 'authorization', prefix: 'Bearer ' });

// https://prometheus.io/docs/alerting/latest/configuration/#webhook_config
export default defineProvider({
  title: 'Alertmanager',
  docs: 'https://prometheus.io/docs/alerting/latest/configuration/#webhook_config',
  secret: 'ours',
  evidence: 'community',
  sample: 'firing',
  options: {
    verify: { description: 'How Alertmanager shows who it is', choices: ['bearer', 'basic'] },
    username: { description: 'The user name of `verify=basic`; any when left out' },
  },
  signature: chosen((_delivery, { options }) =>
    options.verify === 'basic' ? basic(options.username ? { username: options.username } : {}) : bearer,
  ),
  eventType: field('status'),
  deliveryId: ({ payload }) => changeOf(payload),
  // It says the same again every `repeat_interval`, on purpose; only its quick retries are repeats.
  repeatWindow: 60,
  about: {
    title: (event) => titleOf(finder(event.payload), event) ?? guessAbout(event.payload, event.type).title,
    url: ({ payload }) =>
      finder(payload)(
        'commonAnnotations.runbook_url',
        'commonAnnotations.dashboard',
        'alerts.0.generatorURL',
        'externalURL',
      ),
    source: ({ payload }) =>
      finder(payload)('commonLabels.service', 'commonLabels.job', 'commonLabels.namespace', 'receiver'),
    subject: ({ payload }) => keyed('alerts', finder(payload)('groupKey')),
    state: field('status'),
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
        alertname: find('commonLabels.alertname', 'groupLabels.alertname'),
        severity: find('commonLabels.severity'),
        instance: find('commonLabels.instance'),
        namespace: find('commonLabels.namespace'),
        cluster: find('commonLabels.cluster'),
      });
    },
  },
  setup: `
1. Add a receiver to \`alertmanager.yml\`, and name it in a route:

   \`\`\`yaml
   receivers:
     - name: chat
       webhook_configs:
         - url: {{url}}
           send_resolved: true
           http_config:
             authorization: { type: Bearer, credentials: {{secret}} }
   \`\`\`

   With \`verify=basic\`, write \`basic_auth: { username: bellhop, password: {{secret}} }\` in place of \`authorization\`.
2. Reload Alertmanager.`,
});

function titleOf(find: Find, { payload }: Incoming): string | undefined {
  const alerts = at(payload, 'alerts');
  const count = Array.isArray(alerts) ? alerts.length : 0;
  const name =
    find('commonLabels.alertname', 'groupLabels.alertname') ??
    (count > 1 ? plural(count, 'alert') : find('alerts.0.labels.alertname'));
  const where = find('commonLabels.instance', 'commonLabels.service', 'commonLabels.job');
  const many = count > 1 && name !== plural(count, 'alert') ? `(${plural(count, 'alert')})` : undefined;
  const summary =
    find('commonAnnotations.summary', 'commonAnnotations.message') ??
    (count === 1 ? find('commonAnnotations.description', 'alerts.0.annotations.summary') : undefined);
  return sentence(name, find('status'), where && `on ${where}`, many, summary && '—', summary);
}

/** One name for one change of one group, whichever replica of Alertmanager tells it. */
function changeOf(payload: unknown): string | undefined {
  const [key, alerts] = [at(payload, 'groupKey'), at(payload, 'alerts')];
  if (typeof key !== 'string' || !Array.isArray(alerts)) return undefined;
  const states = alerts.map((alert) => ['fingerprint', 'status', 'startsAt'].map((name) => at(alert, name)));
  return createHash('sha256')
    .update(JSON.stringify([key, at(payload, 'receiver'), at(payload, 'status'), states]))
    .digest('hex');
}

function severityFor(find: Find): Severity {
  if (find('status') === 'resolved') return 'good';
  const severity = severityOf(find('commonLabels.severity', 'alerts.0.labels.severity')) ?? 'critical';
  return severity === 'good' ? 'info' : severity;
}
