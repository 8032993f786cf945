import { field } from '../core/delivery/readers.ts';
import { defineProvider, type Incoming } from '../core/provider/provider.ts';
import { type AlertGroup, alertChange, alertMoment, alertSeverity } from '../reading/alert-group.ts';
import { finder, keyed, labelled } from '../reading/finder.ts';
import { guessAbout } from '../reading/guess-about.ts';
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
    verify: { description: 'How Alertmanager proves who it is', choices: ['bearer', 'basic'] },
    username: { description: 'The user name of `verify=basic`; any when left out' },
  },
  signature: chosen((_delivery, { options }) =>
    options.verify === 'basic' ? basic(options.username ? { username: options.username } : {}) : bearer,
  ),
  eventType: field('status'),
  deliveryId: ({ payload }) => alertChange(payload),
  // It says the same again every `repeat_interval`, on purpose; only its quick retries are repeats.
  repeatWindow: 60,
  about: {
    title: ({ payload, type }) =>
      finder(payload)('commonLabels.alertname', 'groupLabels.alertname') ?? guessAbout(payload, type).title,
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
    severity: (event) => alertSeverity(groupOf(event)),
    occurredAt: (event) => alertMoment(groupOf(event)),
    labels: ({ payload }) => {
      const find = finder(payload);
      return labelled({
        alertname: find('commonLabels.alertname', 'groupLabels.alertname'),
        severity: find('commonLabels.severity'),
        instance: find('commonLabels.instance'),
        namespace: find('commonLabels.namespace'),
        cluster: find('commonLabels.cluster'),
        environment: find('commonLabels.environment', 'commonLabels.env', 'commonLabels.stage'),
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

function groupOf({ payload }: Incoming): AlertGroup {
  return { payload, state: finder(payload)('status') };
}
