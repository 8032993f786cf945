import { field, first, header } from '../core/delivery/readers.ts';
import { type Severity, severityOf } from '../core/message/severity.ts';

import { defineProvider, type Incoming } from '../core/provider/provider.ts';
import { contradictsShape, type Shapes } from '../core/provider/shape.ts';
import { sentence, toWords } from '../core/text/line.ts';
import { toMoment } from '../core/text/moment.ts';
import { dictionary, type Find, finder, keyed, labelled, numbered } from '../reading/finder.ts';

import { guessAbout } from '../reading/guess-about.ts';
import { hmac } from '../signatures/hmac.ts';
import { signedBytes } from '../signatures/signed-bytes.ts';

const SIGNATURE = 'x-hub-signature-256';
/** Their bodies carry neither a time nor a number of their own: who is added to a team again is added by the same words. */
const RECURRING = new Set(
  'member membership meta org_block organization ping public repository_dispatch team team_add watch workflow_dispatch'.split(
    ' ',
  ),
);

/** What the bodies of each event have at their top; those that have nothing of their own have only what all have. */
const SHAPES: Shapes = {
  branch_protection_configuration: [],
  branch_protection_rule: ['rule'],
  check_run: ['check_run'],
  check_suite: ['check_suite'],
  code_scanning_alert: ['alert.rule', 'commit_oid'],
  commit_comment: ['comment'],
  create: ['ref', 'ref_type', 'pusher_type', 'master_branch'],
  custom_property: ['definition'],
  custom_property_values: ['new_property_values'],
  delete: ['ref', 'ref_type', 'pusher_type'],
  dependabot_alert: ['alert.security_advisory'],
  deploy_key: ['key'],
  deployment: ['deployment'],
  deployment_protection_rule: ['deployment_callback_url'],
  deployment_review: ['workflow_run', 'since'],
  deployment_status: ['deployment', 'deployment_status'],
  discussion: ['discussion'],
  discussion_comment: ['discussion', 'comment'],
  fork: ['forkee'],
  github_app_authorization: [],
  gollum: ['pages'],
  installation: ['installation.account'],
  installation_repositories: ['installation.account', 'repositories_added'],
  installation_target: ['account', 'target_type'],
  issue_comment: ['issue', 'comment'],
  issue_dependencies: ['blocking_issue'],
  issues: ['issue'],
  label: ['label'],
  marketplace_purchase: ['marketplace_purchase'],
  member: ['member'],
  membership: ['member', 'team', 'scope'],
  merge_group: ['merge_group'],
  meta: ['hook', 'hook_id'],
  milestone: ['milestone'],
  org_block: ['blocked_user'],
  organization: [],
  package: ['package'],
  page_build: ['build'],
  ping: ['hook', 'hook_id', 'zen'],
  project: ['project'],
  project_card: ['project_card'],
  project_column: ['project_column'],
  projects_v2: ['projects_v2'],
  projects_v2_item: ['projects_v2_item'],
  public: [],
  pull_request: ['pull_request', 'number'],
  pull_request_review: ['pull_request', 'review'],
  pull_request_review_comment: ['pull_request', 'comment'],
  pull_request_review_thread: ['pull_request', 'thread'],
  push: ['ref', 'commits', 'pusher'],
  registry_package: ['registry_package'],
  release: ['release'],
  repository: [],
  repository_advisory: ['repository_advisory'],
  repository_dispatch: ['branch', 'client_payload'],
  repository_import: [],
  repository_ruleset: ['repository_ruleset'],
  repository_vulnerability_alert: ['alert.affected_package_name'],
  secret_scanning_alert: ['alert.secret_type'],
  security_advisory: ['security_advisory'],
  sponsorship: ['sponsorship'],
  star: ['starred_at?'],
  status: ['sha', 'context', 'branches'],
  sub_issues: ['sub_issue'],
  team: ['team'],
  team_add: ['team'],
  watch: [],
  workflow_dispatch: ['workflow', 'ref'],
  workflow_job: ['workflow_job'],
  workflow_run: ['workflow_run'],
};

// https://docs.github.com/webhooks/webhook-events-and-payloads
export default defineProvider({
  title: 'GitHub',
  docs: 'https://docs.github.com/webhooks',
  secret: 'ours',
  evidence: 'vendor',
  sample: 'pull_request',
  signature: hmac({ header: SIGNATURE, prefix: 'sha256=' }),
  eventType: header('x-github-event'),
  deliveryId: header('x-github-delivery'),
  // It signs the body alone, and nearly every body holds ids and times.
  identity: signedBytes(SIGNATURE),
  repeatWindow: (type) => (RECURRING.has(type) ? 60 : undefined),
  contradicts: contradictsShape({
    shapes: SHAPES,
    beginnings: {
      check_run: /^\{\s*"action"\s*:\s*"\w+"\s*,\s*"check_run"\s*:/,
      pull_request: /^\{\s*"action"\s*:\s*"\w+"\s*,\s*"number"\s*:/,
      push: /^\{\s*"ref"\s*:\s*"[^"]*"\s*,\s*"before"\s*:/,
      workflow_job: /^\{\s*"action"\s*:\s*"\w+"\s*,\s*"workflow_job"\s*:/,
    },
  }),
  // https://docs.github.com/webhooks/webhook-events-and-payloads#payload-cap
  bodyLimit: 25 * 1024 * 1024,
  about: {
    title: (event) =>
      (TITLES(event.type) ?? plainTitle)(finder(event.payload), event) ?? plainTitle(finder(event.payload), event),
    url: ({ payload, type }) => urlOf(finder(payload), type),
    source: first(
      field('repository.full_name'),
      field('organization.login'),
      field('sponsorship.sponsorable.login'),
      field('enterprise.slug'),
    ),
    actor: first(field('sender.login'), field('pusher.name')),
    subject: ({ payload, type }) => subjectOf(finder(payload), type),
    state: ({ payload, type }) => stateOf(finder(payload), type),
    severity: ({ payload, type }) => severityFor(finder(payload), type),
    occurredAt: ({ payload }) => toMoment(finder(payload)(...MOMENTS)),
    labels: ({ payload }) => {
      const find = finder(payload);
      return labelled({
        action: find('action'),
        branch:
          branchOf(find) ??
          find(
            'pull_request.base.ref',
            'workflow_run.head_branch',
            'check_run.check_suite.head_branch',
            'check_suite.head_branch',
            'branches.0.name',
          ),
        environment: find('deployment.environment'),
        workflow: find('workflow_run.name', 'workflow.name'),
      });
    },
  },
  quiet({ payload, type }) {
    const find = finder(payload);
    const run = RUNS.includes(type) ? type : undefined;
    if (run && find(`${run}.status`) !== 'completed') return 'it has not finished yet';
    if (run && find(`${run}.conclusion`) === 'skipped') return 'it was skipped';
    if (type === 'status' && find('state') === 'pending') return 'it has not finished yet';
    // GitHub says three things of each release: that it was created, published, and released.
    if (type === 'release' && ['created', 'released', 'prereleased'].includes(find('action') ?? ''))
      return 'its publication is told';
    // GitHub wraps every single comment on the code in a review without text.
    if (type === 'pull_request_review' && find('review.state') === 'commented' && !find('review.body'))
      return 'its comments are told one by one';
    return undefined;
  },
  setup: `
1. Open **Settings → Webhooks → Add webhook** of the repository or the organization.
2. Paste {{url}} as **Payload URL** and choose \`application/json\` as **Content type**.
3. Paste {{secret}} as **Secret**.
4. Choose the events you want to hear of, and press **Add webhook**.`,
});

/** Where it says when it happened, the most telling first. */
const MOMENTS = [
  ...'comment.updated_at review.submitted_at head_commit.timestamp'.split(' '),
  ...'workflow_run.updated_at check_run.completed_at workflow_job.completed_at workflow_job.started_at'.split(' '),
  ...'check_suite.updated_at deployment_status.created_at deployment.created_at release.published_at'.split(' '),
  ...'pull_request.updated_at issue.updated_at discussion.updated_at alert.updated_at alert.created_at'.split(' '),
  ...'milestone.updated_at build.updated_at starred_at updated_at'.split(' '),
];

type Title = (find: Find, event: Incoming) => string | undefined;
type Part = string | ((find: Find) => string | undefined);

/** Who did it, and then words as they are or as they are found. */
function who(...parts: readonly Part[]): Title {
  return (find) => told(find, find('sender.login'), parts);
}

/** What happened by itself, from its name on. */
function what(name: Part, ...parts: readonly Part[]): Title {
  return (find) => told(find, wordOf(name, find), parts);
}

function told(find: Find, first: string | undefined, parts: readonly Part[]): string | undefined {
  return sentence(first, ...parts.map((part) => wordOf(part, find)));
}

function wordOf(part: Part, find: Find): string | undefined {
  return typeof part === 'string' ? part : part(find);
}

/** The text at the first of several paths that has one. */
function the(...paths: readonly string[]): (find: Find) => string | undefined {
  return (find) => find(...paths);
}

/** A thing of a repository by its number and title. */
function thing(kind: string): (find: Find) => string | undefined {
  return (find) => numbered('#', find(`${kind}.number`, 'number'), find(`${kind}.title`));
}

const [pull, issue, discussion] = ['pull_request', 'issue', 'discussion'].map(thing) as [Part, Part, Part];
const repository = the('repository.full_name');
const acted: Part = (find) => verb(find('action'));
const toOrFrom: Part = (find) => (find('action') === 'removed' ? 'from' : 'to');

/** What runs and then ends with a verdict. */
const RUNS = ['workflow_run', 'workflow_job', 'check_run', 'check_suite'];

const TITLES = dictionary<Title>({
  pull_request_review: who(reviewVerb, pull),
  pull_request_review_comment: who(commentVerb, pull),
  pull_request_review_thread: who(acted, 'a thread of', pull),
  issues: who(acted, issue, detail),
  issue_comment: who(commentVerb, issue),
  discussion: who(discussionVerb, discussion, detail),
  discussion_comment: who(commentVerb, discussion),
  commit_comment: who(commentVerb, 'commit', (find) => short(find('comment.commit_id'))),
  create: who('created', the('ref_type'), the('ref')),
  delete: who('deleted', the('ref_type'), the('ref')),
  fork: what(the('forkee.owner.login', 'sender.login'), 'forked', repository, 'as', the('forkee.full_name')),
  star: who((find) => (find('action') === 'deleted' ? 'took back their star from' : 'starred'), repository),
  watch: who('starred', repository),
  public: who('made', repository, 'public'),
  repository: who(acted, 'repository', repository),
  gollum: who(the('pages.0.action'), 'wiki page', the('pages.0.title')),
  milestone: who(acted, 'milestone', the('milestone.title')),
  label: who(acted, 'label', the('label.name')),
  member: who(acted, the('member.login'), toOrFrom, repository),
  membership: who(acted, the('member.login'), toOrFrom, 'team', the('team.name')),
  team: who(acted, 'team', the('team.name')),
  team_add: what('Team', the('team.name'), 'was added to', repository),
  release: who(
    acted,
    (find) => (find('release.prerelease') === 'true' ? 'pre-release' : 'release'),
    the('release.name', 'release.tag_name'),
  ),
  workflow_job: runTitle('workflow_job'),
  check_run: runTitle('check_run', the('check_run.output.title')),
  check_suite: what(
    (find) => find('check_suite.app.name') ?? 'Checks',
    (find) => ended(find('check_suite.conclusion')),
    (find) => on(find('check_suite.head_branch')),
  ),
  status: (find) =>
    sentence(find('context'), ended(find('state')), on(find('branches.0.name')))?.concat(tail(find('description'))),
  deployment: who('started to deploy', the('deployment.ref'), 'to', the('deployment.environment')),
  deployment_status: what(
    'Deployment of',
    the('deployment.ref'),
    'to',
    the('deployment.environment', 'deployment_status.environment'),
    (find) => ended(find('deployment_status.state')) + tail(find('deployment_status.description')),
  ),
  page_build: what(
    'GitHub Pages',
    (find) => ended(find('build.status')),
    (find) => tail(find('build.error.message')).slice(2),
  ),
  ping: what(
    'GitHub reaches this endpoint from',
    (find) => find('repository.full_name', 'organization.login') ?? 'its webhook',
  ),
  dependabot_alert: alertTitle(the('alert.security_advisory.summary')),
  code_scanning_alert: alertTitle(the('alert.rule.description', 'alert.rule.name')),
  secret_scanning_alert: alertTitle((find) =>
    sentence('secret of type', find('alert.secret_type_display_name', 'alert.secret_type')),
  ),
  repository_vulnerability_alert: alertTitle((find) =>
    sentence(find('alert.external_identifier', 'alert.ghsa_id'), 'in', find('alert.affected_package_name')),
  ),
  security_advisory: what('Security advisory', (find) => `${verb(find('action'))}:`, the('security_advisory.summary')),
  sponsorship: what(
    the('sponsorship.sponsor.login', 'sender.login'),
    (find) => SPONSOR_VERBS(find('action')) ?? 'edited their sponsorship:',
    the('sponsorship.tier.name'),
  ),
});

function runTitle(kind: string, detailOf: Part = ''): Title {
  return (find) => {
    const [name, detail] = [find(`${kind}.name`), wordOf(detailOf, find)];
    return sentence(
      name,
      ended(find(`${kind}.conclusion`, `${kind}.status`)),
      on(find(`${kind}.head_branch`, `${kind}.check_suite.head_branch`)),
      detail !== name && detail && `(${detail})`,
    );
  };
}

function alertTitle(subject: Part): Title {
  return (find) => {
    const action = find('action') ?? 'created';
    const gravity = find('alert.security_advisory.severity', 'alert.rule.security_severity_level', 'alert.severity');
    if (/create|appeared|reopen|reintroduced/.test(action))
      return sentence('Security alert', gravity && `(${gravity})`)?.concat(tail(wordOf(subject, find)));
    return sentence(`Security alert ${verb(action)}:`, wordOf(subject, find));
  };
}

function plainTitle(find: Find, { type, payload }: Incoming): string {
  const action = find('action');
  const what = toWords(type).toLowerCase();
  if (action === type) return sentence(find('sender.login') ?? 'GitHub', 'sent', what) ?? what;
  return (
    sentence(
      find('sender.login'),
      action && verb(action),
      action ? what : `sent ${what}`,
      find(`${type}.title`, `${type}.name`),
    ) ?? guessAbout(payload, type).title
  );
}

const VERBS = dictionary<string>({
  synchronize: 'pushed to',
  ready_for_review: 'finished the draft of',
  converted_to_draft: 'turned back to a draft',
  auto_merge_enabled: 'enabled auto-merge of',
  auto_merge_disabled: 'disabled auto-merge of',
  review_request_removed: 'no longer asks for a review of',
  demilestoned: 'removed the milestone of',
  milestoned: 'set the milestone of',
  submitted: 'reviewed',
  dismiss: 'dismissed',
  resolve: 'resolved',
  create: 'created',
  typed: 'set the type of',
  untyped: 'removed the type of',
  auto_dismissed: 'dismissed automatically',
  closed_by_user: 'closed',
});

function verb(action: string | undefined): string {
  return action ? (VERBS(action) ?? action.replaceAll('_', ' ')) : 'changed';
}

function reviewVerb(find: Find): string {
  if (find('action') !== 'submitted') return `${verb(find('action'))} a review of`;
  const state = find('review.state');
  return state === 'approved' ? 'approved' : state === 'changes_requested' ? 'asked for changes in' : 'reviewed';
}

function commentVerb(find: Find): string {
  const action = find('action') ?? 'created';
  return action === 'created' ? 'commented on' : `${verb(action)} a comment on`;
}

function discussionVerb(find: Find): string {
  if (find('action') === 'created') return 'started discussion';
  if (find('action') === 'category_changed') return `moved to ${find('discussion.category.name')}:`;
  return verb(find('action'));
}

function detail(find: Find): string | undefined {
  const action = find('action');
  if (action === 'labeled' || action === 'unlabeled') return find('label.name') && `(${find('label.name')})`;
  if (action === 'assigned') return find('assignee.login') && `to ${find('assignee.login')}`;
  if (action === 'unassigned') return find('assignee.login') && `from ${find('assignee.login')}`;
  return undefined;
}

function branchOf(find: Find): string | undefined {
  return find('ref')?.replace(/^refs\/(heads|tags)\//, '');
}

const SPONSOR_VERBS = dictionary<string>({
  created: 'became a sponsor:',
  cancelled: 'stopped sponsoring:',
  tier_changed: 'changed their sponsorship to',
  pending_cancellation: 'will stop sponsoring:',
  pending_tier_change: 'will change their sponsorship to',
});

const ENDINGS = dictionary<string>({
  success: 'succeeded',
  failure: 'failed',
  error: 'failed',
  built: 'was built',
  errored: 'failed',
  in_progress: 'is running',
  action_required: 'needs somebody',
  cancelled: 'was cancelled',
  skipped: 'was skipped',
  timed_out: 'took too long',
  startup_failure: 'could not start',
  neutral: 'ended without a verdict',
  stale: 'never ended',
  inactive: 'is no longer in use',
});

function ended(state: string | undefined): string {
  return ENDINGS(state) ?? (state ? `is ${state.replaceAll('_', ' ')}` : 'ended');
}

function on(branch: string | undefined): string | undefined {
  return branch && `on ${branch}`;
}

function tail(text: string | undefined): string {
  return text ? `: ${text}` : '';
}

function short(sha: string | undefined): string | undefined {
  return sha?.slice(0, 7);
}

function urlOf(find: Find, type: string): string | undefined {
  if (type === 'push')
    return find(find('commits.1.id') ? 'compare' : 'head_commit.url', 'compare', 'repository.html_url');
  if (type === 'status') return find('target_url', 'commit.html_url', 'repository.html_url');
  if (type === 'deployment_status')
    return find(
      'deployment_status.log_url',
      'deployment_status.target_url',
      'workflow_run.html_url',
      'repository.html_url',
    );
  const own = ['comment', 'review', type, ...THINGS].map((name) => `${name}.html_url`);
  return (
    find(...own, 'alert.external_reference', 'pages.0.html_url', 'security_advisory.html_url') ??
    find(...HOMES.map((name) => `${name}.html_url`))
  );
}

/** What has a page of its own, and where to look when it has none. */
const THINGS = ['pull_request', 'issue', 'discussion', 'release', 'forkee', 'alert'];
const HOMES = ['team', 'repository', 'organization', 'sponsorship.sponsorable', 'sender'];

function subjectOf(find: Find, type: string): string | undefined {
  const repository = find('repository.full_name');
  const numberOf = (kind: string, path: string) => keyed(kind, repository, find(path) && '#', find(path));
  if (type === 'issue_comment' && find('issue.pull_request.url', 'issue.pull_request.html_url'))
    return numberOf('pull_request', 'issue.number');
  const id = (kind: string, path: string) => keyed(kind, repository, find(path) && '/', find(path));
  return (
    numberOf('pull_request', 'pull_request.number') ??
    numberOf('issue', 'issue.number') ??
    numberOf('discussion', 'discussion.number') ??
    id('workflow_run', 'workflow_run.id') ??
    id('workflow_run', 'workflow_job.run_id') ??
    id('deployment', 'deployment.id') ??
    id('check_run', 'check_run.id') ??
    id('check_suite', 'check_suite.id') ??
    id('release', 'release.tag_name') ??
    (type === 'status' ? keyed('status', repository, '@', find('sha'), '/', find('context')) : undefined) ??
    (type.includes('alert') ? (numberOf(type, 'alert.number') ?? id(type, 'alert.id')) : undefined)
  );
}

function stateOf(find: Find, type: string): string | undefined {
  if (find('pull_request.merged') === 'true') return 'merged';
  if (type === 'pull_request_review') return find('review.state', 'pull_request.state');
  if (RUNS.includes(type)) return find(`${type}.conclusion`, `${type}.status`);
  return find(
    'deployment_status.state',
    'pull_request.state',
    'issue.state',
    'discussion.state',
    'alert.state',
    'build.status',
    'state',
  );
}

const RUN_SEVERITIES = dictionary<Severity>({
  built: 'good',
  action_required: 'warning',
  startup_failure: 'critical',
  timed_out: 'critical',
});

function severityFor(find: Find, type: string): Severity {
  const state = stateOf(find, type);
  const settled = [...RUNS, 'status', 'deployment_status', 'page_build'];
  if (settled.includes(type)) return RUN_SEVERITIES(state) ?? severityOf(state) ?? 'info';
  if (type === 'pull_request') return find('action') === 'closed' && state === 'merged' ? 'good' : 'info';
  if (type === 'pull_request_review')
    return state === 'approved' ? 'good' : state === 'changes_requested' ? 'warning' : 'info';
  if (type === 'issues')
    return find('action') === 'closed' && find('issue.state_reason') !== 'not_planned' ? 'good' : 'info';
  if (type.endsWith('_alert') || type === 'security_advisory') {
    if (/fix|dismiss|resolve|close/.test(find('action') ?? '')) return 'good';
    return (
      severityOf(
        find('alert.security_advisory.severity', 'alert.rule.security_severity_level', 'security_advisory.severity'),
      ) ?? 'critical'
    );
  }
  return 'info';
}
