import { field, first } from '../core/delivery/readers.ts';
import type { Severity } from '../core/message/severity.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { toMoment } from '../core/text/moment.ts';
import { dictionary, type Find, finder, keyed, labelled } from '../reading/finder.ts';
import { guessAbout } from '../reading/guess-about.ts';
import { hmac } from '../signatures/hmac.ts';
import { wholeBody } from '../signatures/signed-bytes.ts';

const SEVERITIES = dictionary<Severity>({
  'quality_gate.ok': 'good',
  'quality_gate.warn': 'warning',
  'quality_gate.error': 'critical',
  'analysis.failed': 'critical',
});

// https://docs.sonarsource.com/sonarqube-server/discovering/integrations/webhooks
export default defineProvider({
  title: 'SonarQube and SonarCloud',
  aliases: ['sonarcloud', 'sonar'],
  docs: 'https://docs.sonarsource.com/sonarqube-server/latest/project-administration/webhooks/',
  secret: 'ours',
  evidence: 'vendor',
  sample: 'quality_gate.error',
  signature: hmac({ header: 'x-sonar-webhook-hmac-sha256' }),
  eventType: ({ payload }) => typeOf(finder(payload)),
  deliveryId: field('taskId'),
  // A gate that turns because somebody settled an issue is sent under the task of its analysis again.
  identity: wholeBody,
  about: {
    title: ({ payload, type }) =>
      finder(payload)('qualityGate.name', 'project.name') ?? guessAbout(payload, type).title,
    url: ({ payload }) => finder(payload)('branch.url', 'project.url', 'serverUrl'),
    source: first(field('project.name'), field('project.key')),
    // The gate of a branch is shut until an analysis opens it.
    subject: ({ payload }) => {
      const find = finder(payload);
      const kind = find('branch.type') === 'PULL_REQUEST' ? '#' : '/';
      return keyed('check', find('project.key', 'project.name'), kind, find('branch.name') ?? 'main');
    },
    state: ({ payload }) => finder(payload)('qualityGate.status', 'status')?.toLowerCase(),
    severity: ({ type }) => SEVERITIES(type) ?? 'info',
    occurredAt: ({ payload }) => toMoment(finder(payload)('changedAt', 'analysedAt')),
    labels: ({ payload }) =>
      labelled({ branch: finder(payload)('branch.name'), gate: finder(payload)('qualityGate.name') }),
  },
  setup: `
1. Open **Project Settings → Webhooks → Create**, or **Administration → Configuration → Webhooks** for all projects.
2. Name it, paste {{url}} as the **URL** and {{secret}} as the **Secret**, and save. It is sent after every analysis.`,
});

function typeOf(find: Find): string {
  const gate = find('qualityGate.status')?.toLowerCase();
  const status = find('status')?.toLowerCase();
  if (status === 'failed' || status === 'canceled') return `analysis.${status}`;
  return gate && gate !== 'none' ? `quality_gate.${gate}` : 'analysis.success';
}
