import { at, field } from '../core/delivery/readers.ts';
import { type Severity, severityOf } from '../core/message/severity.ts';
import { defineProvider, type Incoming } from '../core/provider/provider.ts';
import { toMoment } from '../core/text/moment.ts';
import { dictionary, type Find, finder, keyed, labelled } from '../reading/finder.ts';
import { guessAbout } from '../reading/guess-about.ts';
import { ownHeader } from '../signatures/token.ts';

/** How its CloudEvents are called in its own format. */
const TYPES = dictionary<string>({
  'harbor.artifact.pushed': 'PUSH_ARTIFACT',
  'harbor.artifact.pulled': 'PULL_ARTIFACT',
  'harbor.artifact.deleted': 'DELETE_ARTIFACT',
  'harbor.scan.completed': 'SCANNING_COMPLETED',
  'harbor.scan.failed': 'SCANNING_FAILED',
  'harbor.scan.stopped': 'SCANNING_STOPPED',
  'harbor.quota.exceeded': 'QUOTA_EXCEED',
  'harbor.quota.warned': 'QUOTA_WARNING',
  'harbor.replication.status.changed': 'REPLICATION',
  'harbor.tag_retention.finished': 'TAG_RETENTION',
});
const FOUND = dictionary<Severity>({ Critical: 'critical', High: 'warning', None: 'good' });

// https://goharbor.io/docs/latest/working-with-projects/project-configuration/configure-webhooks/
export default defineProvider({
  title: 'Harbor',
  aliases: ['goharbor'],
  docs: 'https://goharbor.io/docs/latest/working-with-projects/project-configuration/configure-webhooks/',
  secret: 'ours',
  evidence: 'vendor',
  sample: 'SCANNING_COMPLETED',
  signature: ownHeader,
  eventType: ({ payload }) => TYPES(finder(payload)('type')) ?? finder(payload)('type'),
  deliveryId: field('id'),
  about: {
    title: ({ payload, type }) => dataOf(payload)('repository.repo_full_name') ?? guessAbout(payload, type).title,
    url: ({ payload }) => urlOf(payload),
    source: ({ payload }) => {
      const find = dataOf(payload);
      return find('repository.repo_full_name', 'replication.dest_resource.namespace', 'retention.project_name');
    },
    actor: ({ payload, type }) => {
      const by = finder(payload)('operator');
      // Jobs run by themselves; the words for how they were set off are not names.
      return /^(?:PUSH|PULL|DELETE)_/.test(type) && by && !/^(?:auto|manual|scheduled|event_based)$/i.test(by)
        ? by
        : undefined;
    },
    subject: ({ payload, type }) => subjectOf(payload, type),
    state: ({ payload, type }) => stateOf(payload, type),
    severity: severityFor,
    occurredAt: ({ payload }) => toMoment(finder(payload)('occur_at', 'time')),
    labels: ({ payload }) =>
      labelled({ project: dataOf(payload)('repository.namespace'), tag: dataOf(payload)('resources.0.tag') }),
  },
  setup: `
1. Open the project and choose **Webhooks → New Webhook**, with the notify type **http**.
2. Choose the events you want posted, and paste {{url}} as **Endpoint URL**.
3. Paste \`Bearer {{secret}}\` as **Auth Header**, and press **Add**.`,
});

function dataOf(payload: unknown): Find {
  return finder(at(payload, 'event_data') ?? at(payload, 'data'));
}

/** What a scanner found, which stands under the name of its report's format. */
function reportOf(payload: unknown): Find {
  const reports = at(at(payload, 'event_data') ?? at(payload, 'data'), 'resources.0.scan_overview');
  return finder(typeof reports === 'object' && reports !== null ? Object.values(reports)[0] : undefined);
}

/** Only its CloudEvents say the number by which its pages know the project. */
function urlOf(payload: unknown): string | undefined {
  const find = dataOf(payload);
  const host = find('resources.0.resource_url')?.match(/^(?:https?:\/\/)?([\w.-]+(?::\d+)?)\//)?.[1];
  const project = finder(payload)('source')?.match(/^\/projects\/(\d+)\//)?.[1];
  const [repository, digest] = [find('repository.name'), find('resources.0.digest')];
  if (!host) return find('replication.dest_resource.endpoint', 'replication.src_resource.endpoint');
  if (!project || !repository) return `https://${host}/harbor/projects`;
  const page = `https://${host}/harbor/projects/${project}/repositories/${encodeURIComponent(repository)}/artifacts-tab`;
  return digest ? `${page}/artifacts/${digest}` : page;
}

function subjectOf(payload: unknown, type: string): string | undefined {
  const find = dataOf(payload);
  const repository = find('repository.repo_full_name');
  if (type.startsWith('SCANNING_'))
    return keyed('scan', repository, '@', find('resources.0.digest', 'resources.0.tag'));
  if (type.startsWith('QUOTA_')) return keyed('quota', find('repository.namespace'));
  if (type === 'REPLICATION' || type === 'TAG_RETENTION') return undefined;
  return keyed('image', repository, ':', find('resources.0.tag', 'resources.0.digest'));
}

function stateOf(payload: unknown, type: string): string | undefined {
  switch (type) {
    case 'SCANNING_COMPLETED':
      return 'completed';
    case 'SCANNING_FAILED':
      return 'failed';
    case 'SCANNING_STOPPED':
      return 'canceled';
    case 'REPLICATION':
      return dataOf(payload)('replication.job_status')?.toLowerCase();
    case 'TAG_RETENTION':
      return dataOf(payload)('retention.result')?.toLowerCase();
    case 'DELETE_ARTIFACT':
      return 'deleted';
    default:
      return undefined;
  }
}

function severityFor({ payload, type }: Incoming): Severity {
  switch (type) {
    case 'SCANNING_COMPLETED':
      return FOUND(reportOf(payload)('severity')) ?? 'info';
    case 'SCANNING_FAILED':
    case 'QUOTA_WARNING':
      return 'warning';
    case 'QUOTA_EXCEED':
      return 'critical';
    case 'REPLICATION':
    case 'TAG_RETENTION':
      return severityOf(stateOf(payload, type)) ?? 'info';
    default:
      return 'info';
  }
}
