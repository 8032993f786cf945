import { field, first, header } from '../core/delivery/readers.ts';
import type { Part } from '../core/event/about.ts';
import { type Severity, severityOf } from '../core/message/severity.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { contradictsShape } from '../core/provider/shape.ts';
import { toMoment } from '../core/text/moment.ts';
import { dictionary, type Find, finder, keyed, labelled } from '../reading/finder.ts';
import { guessAbout } from '../reading/guess-about.ts';
import { hmac } from '../signatures/hmac.ts';
import { signedBytes } from '../signatures/signed-bytes.ts';
import { githubHappening } from './shared/github-happening.ts';
import { githubDeliveryLog, githubRecovery } from './shared/github-recovery.ts';
import { GITHUB_RUNS } from './shared/github-runs.ts';
import { GITHUB_SHAPES } from './shared/github-shapes.ts';
import { took } from './shared/took.ts';

const SIGNATURE = 'x-hub-signature-256';
/** Their bodies have neither a time nor an id of their own: adding somebody to a team again sends an equal body. */
const RECURRING = new Set(
  'member membership meta org_block organization ping public repository_dispatch team team_add watch workflow_dispatch'.split(
    ' ',
  ),
);

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
    shapes: GITHUB_SHAPES,
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
      field('installation.account.login'),
      field('marketplace_purchase.account.login'),
    ),
    actor: ({ payload }) => actorOf(finder(payload)),
    subject: ({ payload, type }) => subjectOf(finder(payload), type),
    state: ({ payload, type }) => stateOf(finder(payload), type),
    severity: ({ payload, type }) => severityFor(finder(payload), type),
    occurredAt: ({ payload }) => toMoment(finder(payload)(...MOMENTS)),
    sequence: ({ payload }) => finder(payload)('workflow_run.run_attempt', 'workflow_job.run_attempt'),
    part: ({ payload, type }) => (type === 'workflow_job' ? jobOf(finder(payload)) : undefined),
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
        environment: find('deployment.environment', 'deployment_status.environment', 'environment'),
        visibility: find('repository.visibility') ?? (find('repository.private') === 'true' ? 'private' : undefined),
        workflow: find('workflow_run.name', 'workflow.name'),
      });
    },
  },
  quiet: ({ payload, type }) => reasonForQuiet(finder(payload), type),
  unfinished: ({ payload, type }) =>
    GITHUB_RUNS.includes(type) && finder(payload)(`${type}.status`) !== 'completed' ? UNFINISHED : undefined,
  happening: githubHappening,
  deliveryLog: githubDeliveryLog,
  recovery: githubRecovery,
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

const UNFINISHED = 'it has not finished yet';

/** A job of a run, with how long it took once it is over. */
function jobOf(find: Find): Part | undefined {
  const name = find('workflow_job.name');
  if (!name) return undefined;
  const state = find('workflow_job.conclusion', 'workflow_job.status');
  return {
    name,
    ...(state && { state }),
    ...took(find('workflow_job.started_at'), find('workflow_job.completed_at')),
  };
}

/** Why it is not worth posting: it is not over, or another event says the same. */
function reasonForQuiet(find: Find, type: string): string | undefined {
  if (type === 'ping') return 'it only tries whether deliveries arrive';
  if (branchOf(find)?.startsWith('gh-readonly-queue/'))
    return 'the merge queue makes and deletes this branch by itself';
  // Whoever asks for another run gets the result of the last one.
  const asked = /request/.test(find('action') ?? '') && find(`${type}.status`) === 'completed';
  if (GITHUB_RUNS.includes(type) && asked) return UNFINISHED;
  if (GITHUB_RUNS.includes(type) && find(`${type}.conclusion`) === 'skipped') return 'it was skipped';
  if (type === 'status' && find('state') === 'pending') return UNFINISHED;
  if (isPartOfOpening(find, type)) return 'its `opened` event already says this';
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
    id('workflow_run', 'workflow_job.run_id') ??
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
  if (GITHUB_RUNS.includes(type)) return find(`${type}.conclusion`, `${type}.status`);
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
  const settled = [...GITHUB_RUNS, 'status', 'deployment_status', 'page_build'];
  if (settled.includes(type)) return RUN_SEVERITIES(state) ?? severityOf(state) ?? 'info';
  if (type === 'pull_request') return action === 'closed' && state === 'merged' ? 'good' : 'info';
  if (type === 'pull_request_review')
    return state === 'approved' ? 'good' : state === 'changes_requested' ? 'warning' : 'info';
  if (type === 'issues') return action === 'closed' && find('issue.state_reason') !== 'not_planned' ? 'good' : 'info';
  if (/_alert|_advisory/.test(type)) return alertSeverity(find, type);
  if (type === 'repository_import') return severityOf(find('status')) ?? 'info';
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
