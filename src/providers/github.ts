import { at, field, first, header } from '../core/delivery/readers.ts';
import { type Severity, severityOf } from '../core/message/severity.ts';

import type { Happening } from '../core/provider/happening.ts';
import { defineProvider, type Incoming } from '../core/provider/provider.ts';
import { contradictsShape, type Shapes } from '../core/provider/shape.ts';
import { toMoment } from '../core/text/moment.ts';
import { dictionary, type Find, finder, keyed, labelled } from '../reading/finder.ts';
import { guessAbout } from '../reading/guess-about.ts';

import { hmac } from '../signatures/hmac.ts';
import { signedBytes } from '../signatures/signed-bytes.ts';
import { refHappening } from './shared/ref-happening.ts';

const SIGNATURE = 'x-hub-signature-256';
/** Their bodies have neither a time nor an id of their own: adding somebody to a team again sends an equal body. */
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
    title: ({ payload, type }) => guessAbout(payload, type).title,
    url: ({ payload, type }) => urlOf(finder(payload), type),
    source: first(
      field('repository.full_name'),
      field('organization.login'),
      field('sponsorship.sponsorable.login'),
      field('enterprise.slug'),
    ),
    actor: ({ payload }) => actorOf(finder(payload)),
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
        environment: find('deployment.environment', 'deployment_status.environment'),
        visibility: find('repository.visibility') ?? (find('repository.private') === 'true' ? 'private' : undefined),
        workflow: find('workflow_run.name', 'workflow.name'),
      });
    },
  },
  quiet: ({ payload, type }) => reasonForQuiet(finder(payload), type),
  happening: (event) => happeningOf(event),
  setup: `
1. Open **Settings → Webhooks → Add webhook** of the repository or the organization.
2. Paste {{url}} as **Payload URL** and choose \`application/json\` as **Content type**.
3. Paste {{secret}} as **Secret**.
4. Choose the events you want posted, and press **Add webhook**. What several events say is posted once: for a run of
   GitHub Actions by **Workflow runs**, for a new or deleted branch by **Pushes**, for a star by **Stars**.`,
});

/** The fields that say when it happened, the most exact first. */
const MOMENTS = [
  ...'comment.updated_at review.submitted_at head_commit.timestamp'.split(' '),
  ...'workflow_run.updated_at check_run.completed_at workflow_job.completed_at workflow_job.started_at'.split(' '),
  ...'check_suite.updated_at deployment_status.created_at deployment.created_at release.published_at'.split(' '),
  ...'pull_request.updated_at issue.updated_at discussion.updated_at alert.updated_at alert.created_at'.split(' '),
  ...'milestone.updated_at build.updated_at starred_at updated_at'.split(' '),
];

/** What runs and then ends with a result. */
const RUNS = ['workflow_run', 'workflow_job', 'check_run', 'check_suite'];

/** Why it is not worth posting: it is not over, or another event says the same. */
function reasonForQuiet(find: Find, type: string): string | undefined {
  if (branchOf(find)?.startsWith('gh-readonly-queue/'))
    return 'the merge queue makes and deletes this branch by itself';
  // Whoever asks for another run gets the result of the last one.
  const asked = /request/.test(find('action') ?? '');
  if (RUNS.includes(type) && (asked || find(`${type}.status`) !== 'completed')) return 'it has not finished yet';
  if (RUNS.includes(type) && find(`${type}.conclusion`) === 'skipped') return 'it was skipped';
  if (type === 'status' && find('state') === 'pending') return 'it has not finished yet';
  if (isPartOfOpening(find, type)) return 'its `opened` event says so';
  // GitHub sends three events for each release: that it was created, published, and released.
  if (type === 'release' && ['created', 'released', 'prereleased'].includes(find('action') ?? ''))
    return 'its publication is posted';
  // GitHub wraps every single comment on the code in a review without text.
  if (type === 'pull_request_review' && find('review.state') === 'commented' && !find('review.body'))
    return 'its comments are posted one by one';
  return undefined;
}

/** Seconds within which GitHub sends what was chosen in the form that opened a thing. */
const OPENING = 10;

/** Labels and the like that were there from the beginning: GitHub sends an event for each of them, and they stand in the first. */
function isPartOfOpening(find: Find, type: string): boolean {
  const thing = type === 'issues' ? 'issue' : type;
  if (thing !== 'issue' && thing !== 'pull_request') return false;
  if (!['labeled', 'milestoned', 'typed'].includes(find('action') ?? '')) return false;
  const [opened, changed] = [find(`${thing}.created_at`), find(`${thing}.updated_at`)].map((at) =>
    Date.parse(at ?? ''),
  );
  return opened !== undefined && changed !== undefined && changed - opened <= OPENING * 1000;
}

/** Seconds for which a run of GitHub Actions may go on after its first job has ended, and in which labels are added together. */
const RUN_GOES_ON = 6 * 3_600;
const TOGETHER = 30;

/** What several events are about: a run with its jobs and checks, a branch and the push that made it, labels added together. */
function happeningOf({ payload, type }: Incoming): Happening | undefined {
  const find = finder(payload);
  const repository = find('repository.full_name');
  if (RUNS.includes(type)) return runHappening(find, type);
  switch (type) {
    case 'push': {
      const did = find('created') === 'true' ? 'created' : find('deleted') === 'true' ? 'deleted' : 'moved';
      return refHappening({ repository, ref: find('ref'), did, head: find('commits.0.id') && find('after') });
    }
    case 'create':
      return refHappening({ repository, ref: find('ref'), did: 'created', better: 'push' });
    case 'delete':
      return refHappening({ repository, ref: find('ref'), did: 'deleted', better: 'push' });
    case 'star':
    case 'watch':
      return {
        keys: [`star ${repository} ${find('sender.login')}`],
        fact: find('action') === 'deleted' ? 'unstarred' : 'starred',
        ...(type === 'watch' && { better: ['star'] }),
        within: TOGETHER,
      };
    case 'issues':
    case 'pull_request':
      return find('action') === 'labeled' ? labelHappening(payload, type) : undefined;
    default:
      return undefined;
  }
}

/** GitHub sends events for the run of an action, each of its jobs, a check for each job, and their suite; for other apps only for their checks. */
function runHappening(find: Find, type: string): Happening | undefined {
  const suite = find('workflow_run.check_suite_id', 'check_run.check_suite.id', 'check_suite.id');
  const page = find('check_run.details_url', 'check_run.html_url');
  const run = find('workflow_run.id', 'workflow_job.run_id') ?? /\/actions\/runs\/(\d+)/.exec(page ?? '')?.[1];
  const attempt = find(`${type}.run_attempt`) ?? '1';
  const app = find('check_run.app.slug', 'check_suite.app.slug');
  const isActions = type.startsWith('workflow_') || app === 'github-actions';
  const better: Readonly<Record<string, readonly string[]>> = {
    workflow_job: ['workflow_run'],
    check_run: isActions ? ['workflow_run', 'workflow_job'] : [],
    check_suite: isActions ? ['workflow_run', 'workflow_job', 'check_run'] : ['check_run'],
  };
  // A job of GitHub Actions and its check have one number.
  const part = find('workflow_job.id', 'check_run.id');
  const verdict = find(`${type}.conclusion`) ?? 'unfinished';
  const fact = part ? `${part} ${verdict}` : verdict;
  return {
    keys: [run && `run ${run} ${attempt}`, suite && `suite ${suite}`].filter((key) => typeof key === 'string'),
    fact,
    says: [fact, verdict],
    better: better[type] ?? [],
    within: RUN_GOES_ON,
  };
}

/** Each of several labels that are added together has an event of its own, which lists all that are there by then. */
function labelHappening(payload: unknown, type: string): Happening | undefined {
  const find = finder(payload);
  const thing = type === 'issues' ? 'issue' : type;
  const [label, number] = [find('label.name'), find(`${thing}.number`)];
  const all = at(payload, `${thing}.labels`);
  if (!label || !number) return undefined;
  return {
    keys: [`labels ${find('repository.full_name')}#${number} ${find('sender.login')}`],
    fact: label,
    says: [label, ...(Array.isArray(all) ? all.map((one) => String(at(one, 'name'))) : [])],
    within: TOGETHER,
  };
}

/** For pushes of its own, GitHub writes `none` as the pusher's name. */
function actorOf(find: Find): string | undefined {
  const pusher = find('pusher.name');
  return find('sender.login') ?? (pusher === 'none' ? undefined : pusher);
}

function branchOf(find: Find): string | undefined {
  return find('ref')?.replace(/^refs\/(heads|tags)\//, '');
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
    id('workflow_job', 'workflow_job.id') ??
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
  const [state, action] = [stateOf(find, type), find('action') ?? ''];
  const settled = [...RUNS, 'status', 'deployment_status', 'page_build'];
  if (settled.includes(type)) return RUN_SEVERITIES(state) ?? severityOf(state) ?? 'info';
  if (type === 'pull_request') return action === 'closed' && state === 'merged' ? 'good' : 'info';
  if (type === 'pull_request_review')
    return state === 'approved' ? 'good' : state === 'changes_requested' ? 'warning' : 'info';
  if (type === 'issues') return action === 'closed' && find('issue.state_reason') !== 'not_planned' ? 'good' : 'info';
  if (/_alert|_advisory/.test(type)) return alertSeverity(find, type);
  if (type === 'deploy_key') return action === 'created' && find('key.read_only') === 'false' ? 'warning' : 'info';
  return WEAKENING(`${type}.${action}`) ?? WEAKENING(type) ?? 'info';
}

/** Changes that open access or remove a protection. */
const WEAKENING = dictionary<Severity>({
  public: 'warning',
  meta: 'warning',
  'branch_protection_configuration.disabled': 'warning',
  'branch_protection_rule.deleted': 'warning',
  'repository.deleted': 'warning',
  'repository.publicized': 'warning',
  'repository_ruleset.deleted': 'warning',
});

function alertSeverity(find: Find, type: string): Severity {
  const over = /fix|dismiss|resolve|close|withdrawn/;
  if (over.test(find('action')?.replace(/reopened.*/, '') ?? '') || over.test(find('alert.state') ?? '')) return 'good';
  if (/assign/.test(find('action') ?? '')) return 'info';
  const level = find(
    'alert.rule.security_severity_level',
    'alert.rule.severity',
    'alert.security_vulnerability.severity',
    'alert.security_advisory.severity',
    'alert.severity',
    `${type}.severity`,
  );
  // Anybody who finds a secret can use it. Any other alert without a level may be serious.
  return type.startsWith('secret_') ? 'critical' : (severityOf(level) ?? 'warning');
}
