import type { Severity } from '../core/about.ts';
import { at, field, first, header } from '../core/delivery.ts';
import { guessAbout } from '../core/guess-about.ts';
import { firstLine, toWords } from '../core/line.ts';
import { toMoment } from '../core/moment.ts';
import { defineProvider, type Incoming } from '../core/provider.ts';
import { severityOf } from '../core/severity-words.ts';
import { dictionary, type Find, finder, keyed, labelled, numbered, plural, sentence } from '../core/words.ts';
import { hmac } from '../signatures/hmac.ts';

// https://docs.github.com/webhooks/webhook-events-and-payloads
export default defineProvider({
  title: 'GitHub',
  docs: 'https://docs.github.com/webhooks',
  secret: 'ours',
  evidence: 'vendor',
  sample: 'pull_request',
  signature: hmac({ header: 'x-hub-signature-256', prefix: 'sha256=' }),
  eventType: header('x-github-event'),
  deliveryId: header('x-github-delivery'),
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
    occurredAt: ({ payload }) =>
      toMoment(
        finder(payload)(
          'comment.updated_at',
          'review.submitted_at',
          'head_commit.timestamp',
          'workflow_run.updated_at',
          'check_run.completed_at',
          'workflow_job.completed_at',
          'workflow_job.started_at',
          'check_suite.updated_at',
          'deployment_status.created_at',
          'deployment.created_at',
          'release.published_at',
          'pull_request.updated_at',
          'issue.updated_at',
          'discussion.updated_at',
          'alert.updated_at',
          'alert.created_at',
          'milestone.updated_at',
          'build.updated_at',
          'starred_at',
          'updated_at',
        ),
      ),
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
    const run = ['workflow_run', 'workflow_job', 'check_run', 'check_suite'].includes(type) ? type : undefined;
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

type Title = (find: Find, event: Incoming) => string | undefined;

const TITLES = dictionary<Title>({
  push: pushTitle,
  pull_request: (find) =>
    sentence(
      find('sender.login'),
      pullRequestVerb(find),
      numbered('#', find('pull_request.number', 'number'), find('pull_request.title')),
      withDetail(find),
    ),
  issues: (find) =>
    sentence(
      find('sender.login'),
      verb(find('action')),
      numbered('#', find('issue.number', 'number'), find('issue.title')),
      withDetail(find),
    ),
  issue_comment: (find) =>
    sentence(
      find('sender.login'),
      commentVerb(find),
      numbered('#', find('issue.number', 'number'), find('issue.title')),
    ),
  pull_request_review: (find) =>
    sentence(
      find('sender.login'),
      reviewVerb(find),
      numbered('#', find('pull_request.number', 'number'), find('pull_request.title')),
    ),
  pull_request_review_comment: (find) =>
    sentence(
      find('sender.login'),
      commentVerb(find),
      numbered('#', find('pull_request.number', 'number'), find('pull_request.title')),
    ),
  pull_request_review_thread: (find) =>
    sentence(
      find('sender.login'),
      verb(find('action')),
      'a thread of',
      numbered('#', find('pull_request.number', 'number'), find('pull_request.title')),
    ),
  commit_comment: (find) =>
    sentence(find('sender.login'), commentVerb(find), 'commit', short(find('comment.commit_id'))),
  discussion: (find) =>
    sentence(
      find('sender.login'),
      discussionVerb(find),
      numbered('#', find('discussion.number', 'number'), find('discussion.title')),
      withDetail(find),
    ),
  discussion_comment: (find) =>
    sentence(
      find('sender.login'),
      commentVerb(find),
      numbered('#', find('discussion.number', 'number'), find('discussion.title')),
    ),
  create: (find) => sentence(find('sender.login'), 'created', find('ref_type'), find('ref')),
  delete: (find) => sentence(find('sender.login'), 'deleted', find('ref_type'), find('ref')),
  fork: (find) =>
    sentence(
      find('forkee.owner.login', 'sender.login'),
      'forked',
      find('repository.full_name'),
      'as',
      find('forkee.full_name'),
    ),
  release: (find) =>
    sentence(
      find('sender.login'),
      verb(find('action')),
      find('release.prerelease') === 'true' ? 'pre-release' : 'release',
      find('release.name', 'release.tag_name'),
    ),
  workflow_run: (find) => runTitle(find, 'workflow_run', find('workflow_run.display_title')),
  workflow_job: (find) => runTitle(find, 'workflow_job', undefined),
  check_run: (find) => runTitle(find, 'check_run', find('check_run.output.title')),
  check_suite: (find) =>
    sentence(
      find('check_suite.app.name') ?? 'Checks',
      ended(find('check_suite.conclusion')),
      on(find('check_suite.head_branch')),
    ),
  status: (find) =>
    sentence(find('context'), ended(find('state')), on(find('branches.0.name')))?.concat(tail(find('description'))),
  deployment: (find) =>
    sentence(find('sender.login'), 'started to deploy', find('deployment.ref'), 'to', find('deployment.environment')),
  deployment_status: (find) =>
    sentence(
      'Deployment of',
      find('deployment.ref'),
      'to',
      find('deployment.environment', 'deployment_status.environment'),
      ended(find('deployment_status.state')) + tail(find('deployment_status.description')),
    ),
  star: (find) =>
    sentence(
      find('sender.login'),
      find('action') === 'deleted' ? 'took back their star from' : 'starred',
      find('repository.full_name'),
    ),
  watch: (find) => sentence(find('sender.login'), 'starred', find('repository.full_name')),
  member: (find) =>
    sentence(
      find('sender.login'),
      verb(find('action')),
      find('member.login'),
      find('action') === 'removed' ? 'from' : 'to',
      find('repository.full_name'),
    ),
  membership: (find) =>
    sentence(
      find('sender.login'),
      verb(find('action')),
      find('member.login'),
      find('action') === 'removed' ? 'from team' : 'to team',
      find('team.name'),
    ),
  team: (find) => sentence(find('sender.login'), verb(find('action')), 'team', find('team.name')),
  team_add: (find) => sentence('Team', find('team.name'), 'was added to', find('repository.full_name')),
  public: (find) => sentence(find('sender.login'), 'made', find('repository.full_name'), 'public'),
  repository: (find) =>
    sentence(find('sender.login'), verb(find('action')), 'repository', find('repository.full_name')),
  ping: (find) =>
    sentence('GitHub reaches this endpoint from', find('repository.full_name', 'organization.login') ?? 'its webhook'),
  gollum: (find) => sentence(find('sender.login'), find('pages.0.action'), 'wiki page', find('pages.0.title')),
  page_build: (find) =>
    sentence('GitHub Pages', ended(find('build.status')), tail(find('build.error.message')).slice(2)),
  dependabot_alert: (find) => alertTitle(find, find('alert.security_advisory.summary')),
  code_scanning_alert: (find) => alertTitle(find, find('alert.rule.description', 'alert.rule.name')),
  secret_scanning_alert: (find) =>
    alertTitle(find, sentence('secret of type', find('alert.secret_type_display_name', 'alert.secret_type'))),
  repository_vulnerability_alert: (find) =>
    alertTitle(
      find,
      sentence(find('alert.external_identifier', 'alert.ghsa_id'), 'in', find('alert.affected_package_name')),
    ),
  security_advisory: (find) =>
    sentence('Security advisory', `${verb(find('action'))}:`, find('security_advisory.summary')),
  milestone: (find) => sentence(find('sender.login'), verb(find('action')), 'milestone', find('milestone.title')),
  label: (find) => sentence(find('sender.login'), verb(find('action')), 'label', find('label.name')),
  sponsorship: sponsorTitle,
});

function pushTitle(find: Find, { payload }: Incoming): string | undefined {
  const who = find('sender.login', 'pusher.name');
  const tag = find('ref')?.startsWith('refs/tags/') ? 'tag' : 'branch';
  const name = branchOf(find);
  if (find('deleted') === 'true') return sentence(who, 'deleted', tag, name);
  const commits = at(payload, 'commits');
  const count = Array.isArray(commits) ? commits.length : 0;
  if (count === 0)
    return sentence(
      who,
      find('created') === 'true' ? 'created' : find('forced') === 'true' ? 'force-pushed' : 'moved',
      tag,
      name,
    );
  const pushed = find('forced') === 'true' ? 'force-pushed' : 'pushed';
  if (count === 1)
    return sentence(
      who,
      pushed,
      `to ${name ?? 'a branch'}:`,
      firstLine(find('head_commit.message', 'commits.0.message')),
    );
  return sentence(who, pushed, plural(count, 'commit'), 'to', name);
}

function runTitle(find: Find, kind: string, detail: string | undefined): string | undefined {
  const branch = find(`${kind}.head_branch`, `${kind}.check_suite.head_branch`);
  const name = find(`${kind}.name`);
  return sentence(
    name,
    ended(find(`${kind}.conclusion`, `${kind}.status`)),
    on(branch),
    detail !== name && detail && `(${detail})`,
  );
}

function alertTitle(find: Find, what: string | undefined): string | undefined {
  const action = find('action') ?? 'created';
  const gravity = find('alert.security_advisory.severity', 'alert.rule.security_severity_level', 'alert.severity');
  if (/create|appeared|reopen|reintroduced/.test(action))
    return sentence('Security alert', gravity && `(${gravity})`)?.concat(tail(what));
  return sentence(`Security alert ${verb(action)}:`, what);
}

function sponsorTitle(find: Find): string | undefined {
  const words = dictionary<string>({
    created: 'became a sponsor:',
    cancelled: 'stopped sponsoring:',
    tier_changed: 'changed their sponsorship to',
    pending_cancellation: 'will stop sponsoring:',
    pending_tier_change: 'will change their sponsorship to',
  });
  return sentence(
    find('sponsorship.sponsor.login', 'sender.login'),
    words(find('action')) ?? 'edited their sponsorship:',
    find('sponsorship.tier.name'),
  );
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

function pullRequestVerb(find: Find): string {
  if (find('action') === 'closed' && find('pull_request.merged') === 'true') return 'merged';
  if (find('action') === 'review_requested')
    return `asked ${find('requested_reviewer.login', 'requested_team.name') ?? 'somebody'} to review`;
  if (find('action') === 'opened' && find('pull_request.draft') === 'true') return 'opened draft';
  return verb(find('action'));
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

function withDetail(find: Find): string | undefined {
  const action = find('action');
  if (action === 'labeled' || action === 'unlabeled') return find('label.name') && `(${find('label.name')})`;
  if (action === 'assigned') return find('assignee.login') && `to ${find('assignee.login')}`;
  if (action === 'unassigned') return find('assignee.login') && `from ${find('assignee.login')}`;
  return undefined;
}

function branchOf(find: Find): string | undefined {
  return find('ref')?.replace(/^refs\/(heads|tags)\//, '');
}

function ended(state: string | undefined): string {
  const words = dictionary<string>({
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
  return words(state) ?? (state ? `is ${state.replaceAll('_', ' ')}` : 'ended');
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
  const own = find(
    'comment.html_url',
    'review.html_url',
    `${type}.html_url`,
    'pull_request.html_url',
    'issue.html_url',
    'discussion.html_url',
    'release.html_url',
    'forkee.html_url',
    'alert.html_url',
    'alert.external_reference',
    'pages.0.html_url',
    'security_advisory.html_url',
  );
  return (
    own ??
    find(
      'team.html_url',
      'repository.html_url',
      'organization.html_url',
      'sponsorship.sponsorable.html_url',
      'sender.html_url',
    )
  );
}

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
  const run = ['workflow_run', 'workflow_job', 'check_run', 'check_suite'].find((kind) => kind === type);
  if (run) return find(`${run}.conclusion`, `${run}.status`);
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
  const settled = [
    'workflow_run',
    'workflow_job',
    'check_run',
    'check_suite',
    'status',
    'deployment_status',
    'page_build',
  ];
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
