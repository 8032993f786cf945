import { at, header } from '../core/delivery/readers.ts';
import { type Severity, severityOf } from '../core/message/severity.ts';
import { defineProvider, type Incoming } from '../core/provider/provider.ts';
import { toMoment } from '../core/text/moment.ts';
import { ping } from '../handshakes/ping.ts';
import { finder, keyed, labelled } from '../reading/finder.ts';
import { guessAbout } from '../reading/guess-about.ts';
import { hmac } from '../signatures/hmac.ts';
import { wholeBody } from '../signatures/signed-bytes.ts';

const eventName = header('x-snyk-event');

// https://docs.snyk.io/snyk-api/using-specific-snyk-apis/webhooks-apis/webhooks
export default defineProvider({
  title: 'Snyk',
  docs: 'https://docs.snyk.io/snyk-api/using-specific-snyk-apis/webhooks-apis',
  secret: 'ours',
  evidence: 'vendor',
  sample: 'project_snapshot.issues_found',
  signature: hmac({ header: 'x-hub-signature', prefix: 'sha256=' }),
  handshake: ping({
    when: (delivery) =>
      eventName(delivery)?.startsWith('ping/') === true && at(delivery.payload, 'project') === undefined,
  }),
  eventType: (delivery) => {
    const { payload } = delivery;
    if (at(payload, 'project') === undefined) return eventName(delivery)?.split('/', 1)[0];
    if (issuesIn(payload, 'newIssues').length > 0) return 'project_snapshot.issues_found';
    return issuesIn(payload, 'removedIssues').length > 0 ? 'project_snapshot.issues_fixed' : 'project_snapshot';
  },
  deliveryId: header('x-snyk-transport-id'),
  // It signs the body alone, and every test is dated in it.
  identity: wholeBody,
  about: {
    title: ({ payload, type }) =>
      finder(payload)('newIssues.0.issueData.title', 'project.name') ?? guessAbout(payload, type).title,
    url: ({ payload }) => finder(payload)('project.browseUrl'),
    source: ({ payload }) => finder(payload)('project.name'),
    subject: ({ payload }) => keyed('alert', 'project/', finder(payload)('project.id')),
    state: ({ payload, type }) => (isOver(payload, type) ? 'resolved' : 'open'),
    severity: severityFor,
    occurredAt: ({ payload }) => toMoment(finder(payload)('project.lastTestedDate')),
    labels: ({ payload }) =>
      labelled({
        organization: finder(payload)('org.name'),
        branch: finder(payload)('project.branch'),
        environment: finder(payload)('project.attributes.environment.0'),
      }),
  },
  quiet: ({ payload, type }) =>
    type === 'project_snapshot' && at(payload, 'project') !== undefined
      ? 'the test found nothing new and nothing fixed'
      : undefined,
  setup: `
1. Create the webhook with Snyk's API, as an administrator of the organization:

   \`\`\`sh
   curl -X POST https://api.snyk.io/v1/org/ORGANIZATION-ID/webhooks \\
     -H 'Authorization: token YOUR-API-TOKEN' -H 'Content-Type: application/json' \\
     -d '{"url": "{{url}}", "secret": "{{secret}}"}'
   \`\`\`
2. It sends what recurring tests of open source and container projects find. Snyk Code and infrastructure as code are not sent.`,
});

/** Those that nobody has ignored. */
function issuesIn(payload: unknown, list: 'newIssues' | 'removedIssues'): readonly unknown[] {
  const issues = at(payload, list);
  return Array.isArray(issues) ? issues.filter((issue) => at(issue, 'isIgnored') !== true) : [];
}

function isOver(payload: unknown, type: string): boolean {
  const find = finder(payload);
  const left = ['critical', 'high'].map((severity) => find(`project.issueCountsBySeverity.${severity}`));
  return type === 'project_snapshot.issues_fixed' && left.every((count) => count === undefined || count === '0');
}

function severityFor({ payload, type }: Incoming): Severity {
  if (type === 'project_snapshot.issues_fixed') return 'good';
  const found = issuesIn(payload, 'newIssues').map((issue) => finder(issue)('issueData.severity'));
  if (found.includes('critical')) return 'critical';
  return found.includes('high') || found.some((severity) => severityOf(severity) === 'warning') ? 'warning' : 'info';
}
