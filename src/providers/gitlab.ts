import type { Headers } from '../core/delivery/delivery.ts';
import { at, field, first, header } from '../core/delivery/readers.ts';
import { type Severity, severityOf } from '../core/message/severity.ts';

import { defineProvider, type Incoming } from '../core/provider/provider.ts';
import { firstLine, plural, sentence, toWords } from '../core/text/line.ts';
import { toMoment } from '../core/text/moment.ts';
import { dictionary, type Find, finder, keyed, labelled, numbered } from '../reading/finder.ts';

import { guessAbout } from '../reading/guess-about.ts';
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
  evidence: 'community',
  sample: 'merge_request',
  options: {
    verify: {
      description: 'The secret token you paste there, or the signing token GitLab makes',
      choices: ['token', 'signing'],
    },
  },
  secret: ({ verify }) => (verify === 'signing' ? 'theirs' : 'ours'),
  // A signed delivery stands or falls with its signature, whatever token it carries too.
  signature: chosen(({ headers }, { options }) => (isSigned(headers, options) ? bySigning : byToken)),
  eventType: first(field('object_kind'), field('event_name'), (delivery) =>
    header('x-gitlab-event')(delivery)
      ?.replace(/ hook$/i, '')
      .toLowerCase()
      .replaceAll(' ', '_'),
  ),
  deliveryId: first(header('idempotency-key'), header('webhook-id')),
  // A token covers nothing, so the body has to tell; nearly all hold ids and times.
  identity: (delivery, options = {}) => (isSigned(delivery.headers, options) ? signedId : wholeBody)(delivery),
  // A branch or a tag that is moved to and fro, or a flag that is switched, makes equal bodies.
  repeatWindow: (type) => (['feature_flag', 'push', 'tag_push'].includes(type) ? 60 : undefined),
  // https://docs.gitlab.com/administration/instance_limits/#webhook-limits
  bodyLimit: 25 * 1024 * 1024,
  about: {
    title: (event) => titleOf(finder(event.payload), event) ?? guessAbout(event.payload, event.type).title,
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
      field('group.full_path'),
      field('group_path'),
    ),
    actor: first(field('user.username'), field('user_username'), field('user.name'), field('user_name')),
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
    labels: ({ payload }) => {
      const find = finder(payload);
      return labelled({
        action: find('object_attributes.action', 'action'),
        branch: refOf(find) ?? find('object_attributes.target_branch'),
        environment: find('environment'),
      });
    },
  },
  quiet({ payload, type }) {
    const status = finder(payload)('object_attributes.status', 'build_status', 'status');
    const unfinished = ['created', 'pending', 'running', 'waiting_for_resource', 'preparing', 'scheduled'].includes(
      status ?? '',
    );
    if ((type === 'pipeline' || type === 'build') && unfinished) return 'it has not finished yet';
    if (type === 'build' && status === 'skipped') return 'it was skipped';
    return undefined;
  },
  setup: `
1. Open **Settings → Webhooks → Add new webhook** of the project or the group.
2. Paste {{url}} as **URL** and {{secret}} as **Secret token**. (With \`verify=signing\`, let GitLab make a signing token and tell it to us instead.)
3. Choose the triggers you want to hear of, keep **SSL verification** on, and press **Add webhook**.`,
});

function titleOf(find: Find, { type, payload }: Incoming): string | undefined {
  const who = find('user.name', 'user_name', 'user.username');
  switch (type) {
    case 'push':
    case 'tag_push':
      return pushTitle(find, payload);
    case 'merge_request':
      return sentence(
        who,
        verb(find, payload),
        numbered('!', find('object_attributes.iid'), find('object_attributes.title')),
      );
    case 'issue':
    case 'work_item':
      return sentence(
        who,
        verb(find, payload),
        numbered('#', find('object_attributes.iid'), find('object_attributes.title')),
      );
    case 'note':
      return sentence(who, 'commented on', noted(find));
    case 'pipeline':
      return sentence(
        'Pipeline',
        ended(find('object_attributes.status')),
        'on',
        find('object_attributes.ref'),
        aside(find('commit.title') ?? firstLine(find('commit.message'))),
      );
    case 'build':
      return sentence('Job', find('build_name'), ended(find('build_status')), 'on', find('ref'));
    case 'deployment':
      return sentence('Deployment to', find('environment'), ended(find('status')), aside(find('commit_title')));
    case 'release':
      return sentence(RELEASE_VERBS(find('action')) ?? 'Changed release', find('name', 'tag'));
    case 'wiki_page':
      return sentence(
        who,
        VERBS(find('object_attributes.action')) ?? 'changed',
        'wiki page',
        find('object_attributes.title'),
      );
    case 'feature_flag':
      return sentence(
        who,
        find('object_attributes.active') === 'true' ? 'switched on' : 'switched off',
        find('object_attributes.name'),
      );
    case 'emoji':
      return sentence(who, 'reacted with', find('object_attributes.name'), 'on', noted(find));
    case 'milestone':
      return sentence(
        'Milestone',
        find('object_attributes.title'),
        find('action') === 'close' ? 'is closed' : find('action') === 'reopen' ? 'is open again' : 'is open',
      );
    case 'user_add_to_group':
    case 'user_remove_from_group':
    case 'user_update_for_group':
      return sentence(
        find('user_name', 'user_username'),
        MEMBER_VERBS(type),
        find('group_name', 'group_path'),
        aside(find('group_access')?.toLowerCase()),
      );
    case 'repository_update':
      return sentence(who, 'updated repository', find('project.path_with_namespace', 'project.name'));
    default:
      return undefined;
  }
}

const MEMBER_VERBS = dictionary<string>({
  user_add_to_group: 'was added to',
  user_remove_from_group: 'was removed from',
  user_update_for_group: 'has new rights in',
});

const RELEASE_VERBS = dictionary<string>({
  create: 'Released',
  update: 'Edited release',
  delete: 'Deleted release',
});

const VERBS = dictionary<string>({
  open: 'opened',
  close: 'closed',
  reopen: 'reopened',
  update: 'updated',
  merge: 'merged',
  approved: 'approved',
  approval: 'approved',
  unapproved: 'took back the approval of',
  unapproval: 'took back an approval of',
  create: 'created',
  delete: 'deleted',
});

/** An update says what it is by what has changed. */
function verb(find: Find, payload: unknown): string {
  const action = find('object_attributes.action');
  if (action !== 'update') return VERBS(action) ?? 'changed';
  if (find('object_attributes.oldrev')) return 'pushed to';
  if (find('changes.draft.current') === 'true') return 'turned back to a draft';
  if (find('changes.draft.current') === 'false') return 'finished the draft of';
  const changed = Object.keys(UPDATES).find((part) => at(payload, `changes.${part}`) !== undefined);
  return UPDATES[changed ?? ''] ?? 'updated';
}

const UPDATES: Readonly<Record<string, string>> = {
  title: 'renamed',
  reviewers: 'changed the reviewers of',
  assignees: 'changed who is assigned to',
  labels: 'changed the labels of',
  milestone_id: 'changed the milestone of',
  target_branch: 'changed the target of',
  due_date: 'changed the due date of',
  description: 'edited',
};

function pushTitle(find: Find, payload: unknown): string | undefined {
  const who = find('user_name', 'user_username');
  const kind = find('ref')?.startsWith('refs/tags/') ? 'tag' : 'branch';
  const commits = at(payload, 'commits');
  const count = Number(find('total_commits_count')) || (Array.isArray(commits) ? commits.length : 0);
  if (/^0+$/.test(find('after') ?? '')) return sentence(who, 'deleted', kind, refOf(find));
  if (kind === 'tag' || count === 0)
    return sentence(who, /^0+$/.test(find('before') ?? '') ? 'created' : 'moved', kind, refOf(find));
  if (count === 1)
    return sentence(
      who,
      `pushed to ${refOf(find) ?? 'a branch'}:`,
      find('commits.0.title') ?? firstLine(find('commits.0.message')),
    );
  return sentence(who, 'pushed', plural(count, 'commit'), 'to', refOf(find));
}

function noted(find: Find): string | undefined {
  if (find('merge_request.iid')) return numbered('!', find('merge_request.iid'), find('merge_request.title'));
  if (find('issue.iid')) return numbered('#', find('issue.iid'), find('issue.title'));
  if (find('snippet.id')) return sentence('snippet', find('snippet.title'));
  if (find('commit.id'))
    return sentence(
      'commit',
      find('commit.id')?.slice(0, 7),
      find('commit.title') ?? firstLine(find('commit.message')),
    );
  const kind = find('object_attributes.noteable_type', 'object_attributes.awardable_type')?.split('::').at(-1);
  return `a ${toWords(kind ?? 'thing').toLowerCase()}`;
}

function ended(status: string | undefined): string {
  const words = dictionary<string>({
    success: 'succeeded',
    failed: 'failed',
    canceled: 'was cancelled',
    skipped: 'was skipped',
    running: 'is running',
    manual: 'waits for somebody',
  });
  return words(status) ?? `is ${status ?? 'new'}`;
}

function within(project: string | undefined, kind: string, id: string | undefined): string | undefined {
  return project && id ? `${project}/-/${kind}/${id}` : project;
}

function aside(text: string | undefined): string | undefined {
  return text && `(${text})`;
}

function refOf(find: Find): string | undefined {
  return find('ref', 'object_attributes.ref')?.replace(/^refs\/(heads|tags)\//, '');
}

function subjectOf(find: Find, type: string): string | undefined {
  const project = find('project.path_with_namespace', 'project_name', 'project.name');
  if (type === 'merge_request') return keyed('merge_request', project, '!', find('object_attributes.iid'));
  if (type === 'issue' || type === 'work_item') return keyed('issue', project, '#', find('object_attributes.iid'));
  if (type === 'pipeline') return keyed('pipeline', project, '/', find('object_attributes.id'));
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
  const action = find('object_attributes.action');
  return action === 'merge' || action === 'approved' || (type === 'issue' && action === 'close') ? 'good' : 'info';
}
