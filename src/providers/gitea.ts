import type { Delivery } from '../core/delivery/delivery.ts';
import { field, first, header } from '../core/delivery/readers.ts';
import { severityOf } from '../core/message/severity.ts';
import type { Happening } from '../core/provider/happening.ts';
import { defineProvider, type Incoming } from '../core/provider/provider.ts';
import { contradictsShape, type Shapes } from '../core/provider/shape.ts';
import { toMoment } from '../core/text/moment.ts';
import { type Find, finder, keyed, labelled } from '../reading/finder.ts';

import { guessAbout } from '../reading/guess-about.ts';
import { hmac } from '../signatures/hmac.ts';
import { signedBytes } from '../signatures/signed-bytes.ts';
import { refHappening } from './shared/ref-happening.ts';

const SIGNATURES = ['x-gitea-signature', 'x-forgejo-signature'] as const;
/** What the bodies of each event have at their top. */
const SHAPES: Shapes = {
  action_run_failure: ['run'],
  action_run_recover: ['run'],
  action_run_success: ['run'],
  create: ['ref', 'ref_type', 'sha'],
  delete: ['ref', 'ref_type', 'pusher_type'],
  fork: ['forkee'],
  issue_assign: ['issue'],
  issue_comment: ['issue', 'comment'],
  issue_label: ['issue'],
  issue_milestone: ['issue'],
  issues: ['issue'],
  package: ['package'],
  pull_request: ['pull_request'],
  pull_request_approved: ['pull_request', 'review'],
  pull_request_assign: ['pull_request'],
  pull_request_comment: ['pull_request', 'review'],
  pull_request_label: ['pull_request'],
  pull_request_milestone: ['pull_request'],
  pull_request_rejected: ['pull_request', 'review'],
  pull_request_sync: ['pull_request'],
  push: ['ref', 'commits', 'pusher'],
  release: ['release'],
  repository: [],
  status: ['sha', 'context', 'state'],
  wiki: ['page'],
  workflow_job: ['workflow_job'],
  workflow_run: ['workflow_run'],
};

const contradictsItsShape = contradictsShape({ shapes: SHAPES });

// https://docs.gitea.com/usage/webhooks
export default defineProvider({
  title: 'Gitea and Forgejo',
  docs: 'https://docs.gitea.com/usage/webhooks',
  secret: 'ours',
  evidence: 'vendor',
  sample: 'pull_request',
  signature: hmac({ header: SIGNATURES, content: signedContent }),
  eventType: first(header('x-gitea-event'), header('x-forgejo-event')),
  deliveryId: first(header('x-gitea-delivery'), header('x-forgejo-delivery')),
  // It signs the body alone, and every body holds when its repository was last changed.
  identity: signedBytes(...SIGNATURES),
  contradicts(delivery, type) {
    const verdict = field('review.type')(delivery)?.split('_').at(-1);
    if (verdict && /^pull_request_(?:approved|comment|rejected)$/.test(type) && !type.endsWith(verdict))
      return `a header calls it \`${type}\`, but the review is \`${verdict}\``;
    return contradictsItsShape(delivery, type);
  },
  about: {
    title: ({ payload, type }) => guessAbout(payload, type).title,
    url: ({ payload, type }) => {
      const find = finder(payload);
      if (type === 'push') return find('head_commit.url', 'compare_url', 'repository.html_url');
      return (
        find(
          'comment.html_url',
          'pull_request.html_url',
          'issue.html_url',
          'release.html_url',
          'package.html_url',
          'workflow_run.html_url',
          'workflow_job.html_url',
          'run.html_url',
          'target_url',
          'forkee.html_url',
        ) ??
        numberedUrl(find) ??
        find('repository.html_url')
      );
    },
    source: first(field('repository.full_name'), field('run.repository.full_name'), field('organization.username')),
    actor: first(
      field('sender.login'),
      field('sender.username'),
      field('pusher.login'),
      field('run.trigger_user.login'),
    ),
    subject: ({ payload }) => {
      const find = finder(payload);
      const pull = find('pull_request.number') ?? (find('is_pull') === 'true' ? find('issue.number') : undefined);
      return pull
        ? keyed('pull_request', find('repository.full_name'), '#', pull)
        : keyed('issue', find('repository.full_name'), '#', find('issue.number'));
    },
    state: ({ payload }) =>
      finder(payload)('pull_request.merged') === 'true'
        ? 'merged'
        : finder(payload)(
            'pull_request.state',
            'issue.state',
            'workflow_run.conclusion',
            'workflow_job.conclusion',
            'run.status',
            'state',
          ),
    severity: ({ payload, type }) => {
      const find = finder(payload);
      if (['status', 'workflow_run', 'workflow_job'].includes(type))
        return severityOf(find(`${type}.conclusion`, `${type}.status`, 'state')) ?? 'info';
      if (type.startsWith('action_run_')) return type === 'action_run_failure' ? 'critical' : 'good';
      if (type === 'pull_request_approved') return 'good';
      if (type === 'pull_request_rejected') return 'warning';
      return find('action') === 'closed' && (find('pull_request.merged') === 'true' || type === 'issues')
        ? 'good'
        : 'info';
    },
    occurredAt: ({ payload }) =>
      toMoment(
        finder(payload)(
          'comment.updated_at',
          'head_commit.timestamp',
          'commits.0.timestamp',
          'pull_request.updated_at',
          'issue.updated_at',
          'release.published_at',
          'workflow_run.completed_at',
          'workflow_job.completed_at',
          'run.stopped',
          'package.created_at',
          'updated_at',
        ),
      ),
    labels: ({ payload }) =>
      labelled({
        action: finder(payload)('action'),
        branch:
          refOf(finder(payload)) ??
          finder(payload)(
            'pull_request.base.ref',
            'workflow_run.head_branch',
            'workflow_job.head_branch',
            'branches.0.name',
            'run.prettyref',
          ),
      }),
  },
  quiet({ payload, type }) {
    const find = finder(payload);
    const run = type === 'workflow_run' || type === 'workflow_job';
    const unfinished = run ? find(`${type}.status`) !== 'completed' : type === 'status' && find('state') === 'pending';
    return unfinished ? 'it has not finished yet' : undefined;
  },
  happening: (event) => happeningOf(event),
  setup: `
1. Open **Settings → Webhooks → Add webhook → Gitea** (or Forgejo) of the repository or the organization.
2. Paste {{url}} as **Target URL**, with \`POST\` and \`application/json\`.
3. Paste {{secret}} as **Secret**.
4. Choose the events you want posted, and save.`,
});

/** Seconds for which a run may go on after its first job has ended. */
const RUN_GOES_ON = 6 * 3_600;
const NOTHING = /^0+$/;

/** What several events are about: a branch and the push that made it, a run and its jobs, a run and its recovery. */
function happeningOf({ payload, type }: Incoming): Happening | undefined {
  const find = finder(payload);
  const [repository, ref] = [find('repository.full_name'), find('ref')];
  const run = find('workflow_job.run_id', 'workflow_run.id', 'run.id');
  switch (type) {
    case 'push': {
      const [isNew, isGone] = [find('before'), find('after')].map((sha) => NOTHING.test(sha ?? ''));
      const did = isNew ? 'created' : isGone ? 'deleted' : 'moved';
      return refHappening({ repository, ref, did, head: find('commits.0.id') && find('after') });
    }
    case 'create':
      return refHappening({ repository, ref, did: 'created', better: 'push' });
    case 'delete':
      return refHappening({ repository, ref, did: 'deleted', better: 'push' });
    case 'workflow_job':
    case 'workflow_run': {
      const verdict = find(`${type}.conclusion`) ?? 'unfinished';
      const fact = type === 'workflow_job' ? `${find('workflow_job.id')} ${verdict}` : verdict;
      const better = type === 'workflow_job' ? ['workflow_run'] : [];
      return run ? { keys: [`run ${run}`], fact, says: [fact, verdict], better, within: RUN_GOES_ON } : undefined;
    }
    case 'action_run_success':
    case 'action_run_recover': {
      const says = type === 'action_run_recover' ? ['recovered', 'success'] : ['success'];
      return run ? { keys: [`run ${run}`], fact: says[0] ?? type, says, within: RUN_GOES_ON } : undefined;
    }
    default:
      return undefined;
  }
}

/**
 * Gitea signs the JSON inside the form field `payload`, not the form around it. That field must be alone: another one
 * would be read without being signed.
 */
function signedContent({ headers, body }: Delivery): Buffer | undefined {
  const type = headers['content-type'];
  if (typeof type !== 'string' || !/^application\/x-www-form-urlencoded\b/i.test(type)) return body;
  const form = body.toString();
  if (!form.startsWith('payload=') || form.includes('&')) return undefined;
  return Buffer.from(new URLSearchParams(form).get('payload') ?? '');
}

function numberedUrl(find: Find): string | undefined {
  const [repository, issue] = [find('repository.html_url'), find('issue.number')];
  return repository && issue ? `${repository}/issues/${issue}` : undefined;
}

function refOf(find: Find): string | undefined {
  return find('ref')?.replace(/^refs\/(heads|tags)\//, '');
}
