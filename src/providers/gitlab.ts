import type { Headers } from '../core/delivery/delivery.ts';
import { at, field, first, header } from '../core/delivery/readers.ts';
import type { Part } from '../core/event/about.ts';
import { type Severity, severityOf } from '../core/message/severity.ts';

import { defineProvider, type Incoming } from '../core/provider/provider.ts';
import { toMoment } from '../core/text/moment.ts';
import { type Find, finder, keyed, labelled } from '../reading/finder.ts';

import { guessAbout } from '../reading/guess-about.ts';
import { withhold } from '../reading/payload/withhold.ts';
import { chosen } from '../signatures/chosen.ts';
import { carries } from '../signatures/read-header.ts';
import { wholeBody } from '../signatures/signed-bytes.ts';
import { signedId, standardWebhooks } from '../signatures/standard-webhooks.ts';
import { token } from '../signatures/token.ts';

const bySigning = standardWebhooks();
const byToken = token({ header: 'x-gitlab-token' });

function isSigned(headers: Headers, options: Readonly<Record<string, string>>): boolean {
  return options.verify === 'signing' || carries(headers, 'webhook-signature');
}

// https://docs.gitlab.com/user/project/integrations/webhook_events/
export default defineProvider({
  title: 'GitLab',
  docs: 'https://docs.gitlab.com/user/project/integrations/webhooks/',
  evidence: 'vendor',
  sample: 'merge_request',
  options: {
    verify: {
      description: 'The secret token you paste there, or the signing token GitLab makes',
      choices: ['token', 'signing'],
    },
  },
  secret: ({ verify }) => (verify === 'signing' ? 'theirs' : 'ours'),
  // A signed delivery is judged by its signature alone, even if it also carries a token.
  signature: chosen(({ headers }, { options }) => (isSigned(headers, options) ? bySigning : byToken)),
  eventType: first(field('object_kind'), field('event_name'), (delivery) =>
    header('x-gitlab-event')(delivery)
      ?.replace(/ hook$/i, '')
      .toLowerCase()
      .replaceAll(' ', '_'),
  ),
  deliveryId: first(header('idempotency-key'), header('webhook-id')),
  // A token signs nothing, so the body identifies the event; nearly all bodies hold ids and times.
  identity: (delivery, options = {}) => (isSigned(delivery.headers, options) ? signedId : wholeBody)(delivery),
  // A branch or a tag that is moved back and forth, or a flag that is switched, makes equal bodies.
  repeatWindow: (type) => (['feature_flag', 'push', 'tag_push'].includes(type) ? 60 : undefined),
  // https://docs.gitlab.com/administration/instance_limits/#webhook-limits
  bodyLimit: 25 * 1024 * 1024,
  about: {
    title: ({ payload, type }) => guessAbout(payload, type).title,
    url: ({ payload, type }) => {
      const find = finder(payload);
      const project = find('project.web_url', 'project.homepage', 'repository.homepage');
      if (type === 'push') return find('commits.0.url') ?? project;
      if (type === 'pipeline')
        return find('object_attributes.url') ?? within(project, 'pipelines', find('object_attributes.id'));
      if (type === 'milestone') return within(project, 'milestones', find('object_attributes.iid'));
      if (type === 'build') return within(project, 'jobs', find('build_id'));
      return find('object_attributes.url', 'object_attributes.awarded_on_url', 'url', 'deployable_url') ?? project;
    },
    source: first(
      field('project.path_with_namespace'),
      field('project_path_with_namespace'),
      field('project_name'),
      field('project.name'),
      field('repository.name'),
      field('path_with_namespace'),
      field('group.full_path'),
      field('full_path'),
      field('group_path'),
    ),
    actor: first(
      field('user.username'),
      field('user_username'),
      field('user.name'),
      field('user_name'),
      field('username'),
    ),
    subject: ({ payload, type }) => subjectOf(finder(payload), type),
    state: ({ payload }) =>
      finder(payload)(
        'object_attributes.status',
        'build_status',
        'object_attributes.state',
        'merge_request.state',
        'issue.state',
        'status',
      ),
    severity: ({ payload, type }) => severityFor(finder(payload), type),
    occurredAt: ({ payload }) =>
      toMoment(
        finder(payload)(
          'object_attributes.finished_at',
          'object_attributes.updated_at',
          'object_attributes.created_at',
          'build_finished_at',
          'build_started_at',
          'released_at',
          'commits.0.timestamp',
          'status_changed_at',
        ),
      ),
    part: ({ payload, type }) => (type === 'build' ? jobOf(finder(payload)) : undefined),
    labels: (event) => {
      const find = finder(event.payload);
      return labelled({
        action: find('object_attributes.action', 'action'),
        branch: refOf(find) ?? find('object_attributes.target_branch'),
        environment: find('environment'),
        visibility: isConfidential(event) ? 'confidential' : undefined,
      });
    },
  },
  discreet: (event) =>
    isConfidential(event) ? (withhold(event.payload, (path) => isPublic(path, event.payload)) ?? {}) : undefined,
  quiet({ payload, type }) {
    const status = finder(payload)('build_status');
    if (type === 'build' && status === 'skipped') return 'it was skipped';
    return undefined;
  },
  unfinished({ payload, type }) {
    const status = finder(payload)('object_attributes.status', 'build_status');
    return (type === 'pipeline' || type === 'build') && GOING_ON.has(status ?? '')
      ? 'it has not finished yet'
      : undefined;
  },
  happening({ payload, type }) {
    const find = finder(payload);
    const pipeline = find(type === 'pipeline' ? 'object_attributes.id' : 'pipeline_id');
    if (pipeline && (type === 'pipeline' || type === 'build')) {
      const verdict = find('object_attributes.status', 'build_status') ?? 'unfinished';
      const fact = type === 'build' ? `${find('build_id')} ${verdict}` : verdict;
      const better = type === 'build' ? ['pipeline'] : [];
      return { keys: [`pipeline ${pipeline}`], fact, says: [fact, verdict], better, within: PIPELINE_GOES_ON };
    }
    // An instance sends both of each push.
    const commit = find('after', 'changes.0.after');
    if (!commit || !['push', 'tag_push', 'repository_update'].includes(type)) return undefined;
    return {
      keys: [`push ${find('project_id')} ${commit} ${find('ref', 'changes.0.ref')}`],
      fact: find('changes.1.ref') ? 'several' : 'pushed',
      within: 60,
    };
  },
  deliveryLog: { where: '**Settings → Webhooks → Edit → Recent events** of the project or group' },
  setup: `
1. Open **Settings → Webhooks → Add new webhook** of the project or the group.
2. Paste {{url}} as **URL** and {{secret}} as **Secret token**. (With \`verify=signing\`, have GitLab make a signing token and give that to Bellhop instead.)
3. Choose the triggers you want posted, keep **SSL verification** on, and press **Add webhook**.`,
});

const GOING_ON = new Set(['created', 'pending', 'running', 'waiting_for_resource', 'preparing', 'scheduled']);

/** A job of a pipeline. */
function jobOf(find: Find): Part | undefined {
  const [name, state] = [find('build_name'), find('build_status')];
  const seconds = Number(find('build_duration'));
  return name ? { name, ...(state && { state }), ...(seconds > 0 && { took: seconds * 1000 }) } : undefined;
}

/** Seconds for which a pipeline may go on after its first job has ended. */
const PIPELINE_GOES_ON = 6 * 3_600;

/** Whether not every reader of the project may read it: its type says so, or one of the things it is about. */
function isConfidential(event: Incoming): boolean {
  const { payload } = event;
  if (/^confidential/i.test(header('x-gitlab-event')(event) ?? '')) return true;
  if (typeof payload !== 'object' || payload === null) return false;
  if (/^confidential/i.test(finder(payload)('event_type') ?? '')) return true;
  return Object.values(payload).some((part) => at(part, 'confidential') === true || at(part, 'internal') === true);
}

/** Texts that say where something is and how it stands, not what. */
const PUBLIC =
  /^(?:object_kind|event_type|event_name|action|state|status|type|issue_type|noteable_type|awardable_type|health_status|visibility|username|name|avatar_url|url|web_url|homepage|path|full_path|path_with_namespace|namespace|default_branch|source_branch|target_branch|ref|sha|id|iid|\w+_at|\w+_id|due_date)$/;
/** What a note may stand beside. Its own title is confidential only where it is. */
const BESIDE = new Set(['merge_request', 'issue', 'work_item', 'epic', 'commit', 'snippet', 'project_snippet']);

function isPublic(path: readonly string[], payload: unknown): boolean {
  const [part = '', name = ''] = path;
  if (path.includes('changes')) return false;
  if (PUBLIC.test(path.at(-1) ?? '')) return true;
  return path.length === 2 && name === 'title' && BESIDE.has(part) && at(payload, `${part}.confidential`) !== true;
}

function within(project: string | undefined, kind: string, id: string | undefined): string | undefined {
  return project && id ? `${project}/-/${kind}/${id}` : project;
}

function refOf(find: Find): string | undefined {
  return find('ref', 'object_attributes.ref')?.replace(/^refs\/(heads|tags)\//, '');
}

function subjectOf(find: Find, type: string): string | undefined {
  const project = find('project.path_with_namespace', 'project_name', 'project.name');
  if (type === 'merge_request') return keyed('merge_request', project, '!', find('object_attributes.iid'));
  if (type === 'issue' || type === 'work_item') return keyed('issue', project, '#', find('object_attributes.iid'));
  if (type === 'pipeline') return keyed('pipeline', project, '/', find('object_attributes.id'));
  // Only newer versions say in both by which path a project is known.
  if (type === 'build' && find('project.path_with_namespace') && find('pipeline_id'))
    return keyed('pipeline', project, '/', find('pipeline_id'));
  if (type === 'build') return keyed('build', project, '/', find('build_id'));
  if (type === 'deployment') return keyed('deployment', project, '/', find('deployment_id'));
  if (type === 'release') return keyed('release', project, '/', find('tag'));
  return (
    keyed('merge_request', project, '!', find('merge_request.iid')) ?? keyed('issue', project, '#', find('issue.iid'))
  );
}

function severityFor(find: Find, type: string): Severity {
  if (['pipeline', 'build', 'deployment'].includes(type)) {
    if (find('build_allow_failure') === 'true' && find('build_status') === 'failed') return 'warning';
    return severityOf(find('object_attributes.status', 'build_status', 'status')) ?? 'info';
  }
  if (type === 'user_failed_login') return 'warning';
  if (type === 'vulnerability') return severityOfVulnerability(find);
  const action = find('object_attributes.action');
  return action === 'merge' || action === 'approved' || (type === 'issue' && action === 'close') ? 'good' : 'info';
}

/** One that is over is good news, however bad it was. */
function severityOfVulnerability(find: Find): Severity {
  if (/^(resolved|dismissed)$/i.test(find('object_attributes.state') ?? '')) return 'good';
  return severityOf(find('object_attributes.severity')) ?? 'warning';
}
