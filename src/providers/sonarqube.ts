import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { hmac } from '../signatures/hmac.ts';

export default defineProvider({
  title: 'SonarQube and SonarCloud',
  aliases: ['sonarcloud', 'sonar'],
  docs: 'https://docs.sonarsource.com/sonarqube-server/latest/project-administration/webhooks/',
  secret: 'ours',
  evidence: 'vendor',
  signature: hmac({ header: 'x-sonar-webhook-hmac-sha256' }),
  eventType: () => 'analysis',
  deliveryId: field('taskId'),
  about: {
    source: ({ payload }) => finder(payload)('project.name', 'project.key'),
    subject: ({ payload }) => keyed('branch', finder(payload)('branch.name')),
    state: field('qualityGate.status'),
    url: ({ payload }) => finder(payload)('branch.url', 'project.url'),
  },
  setup: `
1. Open **Project Settings → Webhooks → Create** and paste {{url}} as the URL.
2. Paste {{secret}} as the **Secret**, choose the events you want posted, and save.`,
});
