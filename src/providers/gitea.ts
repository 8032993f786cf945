import type { Delivery } from '../core/delivery/delivery.ts';
import { at, field, first, header } from '../core/delivery/readers.ts';
import { severityOf } from '../core/message/severity.ts';
import { defineProvider, type Incoming } from '../core/provider/provider.ts';
import { contradictsShape, type Shapes } from '../core/provider/shape.ts';
import { firstLine, plural, sentence } from '../core/text/line.ts';
import { toMoment } from '../core/text/moment.ts';
import { dictionary, type Find, finder, keyed, labelled, numbered } from '../reading/finder.ts';

import { guessAbout } from '../reading/guess-about.ts';
import { hmac } from '../signatures/hmac.ts';
import { signedBytes } from '../signatures/signed-bytes.ts';

const SIGNATURES = ['x-gitea-signature', 'x-forgejo-signature'] as const;
/** What the bodies of each event have at their top. */
const SHAPES: Shapes = {
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
    title: (event) => titleOf(finder(event.payload), event) ?? guessAbout(event.payload, event.type).title,
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
          'target_url',
          'forkee.html_url',
        ) ??
        numberedUrl(find) ??
        find('repository.html_url')
      );
    },
    source: first(field('repository.full_name'), field('organization.username')),
    actor: first(field('sender.login'), field('sender.username'), field('pusher.login')),
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
            'state',
          ),
    severity: ({ payload, type }) => {
      const find = finder(payload);
      if (['status', 'workflow_run', 'workflow_job'].includes(type))
        return severityOf(find(`${type}.conclusion`, `${type}.status`, 'state')) ?? 'info';
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
          'package.created_at',
          'updated_at',
        ),
      ),
    labels: ({ payload }) =>
      labelled({
        action: finder(payload)('action'),
        branch: refOf(finder(payload)) ?? finder(payload)('pull_request.base.ref'),
      }),
  },
  quiet({ payload, type }) {
    const find = finder(payload);
    const run = type === 'workflow_run' || type === 'workflow_job';
    const unfinished = run ? find(`${type}.status`) !== 'completed' : type === 'status' && find('state') === 'pending';
    return unfinished ? 'it has not finished yet' : undefined;
  },
  setup: `
1. Open **Settings → Webhooks → Add webhook → Gitea** (or Forgejo) of the repository or the organization.
2. Paste {{url}} as **Target URL**, with \`POST\` and \`application/json\`.
3. Paste {{secret}} as **Secret**.
4. Choose the events you want to hear of, and save.`,
});

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

function titleOf(find: Find, { type, payload }: Incoming): string | undefined {
  const who = find('sender.login', 'sender.username', 'pusher.login', 'pusher.username');
  const action = find('action');
  const thing = numbered(
    '#',
    find('pull_request.number', 'issue.number', 'number'),
    find('pull_request.title', 'issue.title'),
  );
  switch (type) {
    case 'push':
      return pushTitle(find, payload, who);
    case 'create':
      return sentence(who, 'created', find('ref_type'), refOf(find));
    case 'delete':
      return sentence(who, 'deleted', find('ref_type'), refOf(find));
    case 'fork':
      return sentence(who, 'forked', find('forkee.full_name'), 'as', find('repository.full_name'));
    case 'release':
      return sentence(who, action, 'release', find('release.name', 'release.tag_name'));
    case 'repository':
      return sentence(who, action, 'repository', find('repository.full_name'));
    case 'wiki':
      return sentence(who, action, 'wiki page', find('page'));
    case 'issues':
    case 'pull_request':
      return sentence(
        who,
        find('pull_request.merged') === 'true' && action === 'closed' ? 'merged' : (VERBS(action) ?? action),
        thing,
        action === 'assigned' && find('issue.assignee.login', 'pull_request.assignee.login')
          ? `to ${find('issue.assignee.login', 'pull_request.assignee.login')}`
          : undefined,
      );
    case 'issue_comment':
      return sentence(who, action === 'created' ? 'commented on' : `${action ?? 'changed'} a comment on`, thing);
    case 'pull_request_comment':
      return sentence(who, 'reviewed', thing);
    case 'package':
      return sentence(
        who,
        action === 'created' ? 'published' : action,
        'package',
        find('package.name'),
        find('package.version'),
      );
    case 'status':
      return sentence(find('context'), ended(find('state')), find('description') && `(${find('description')})`);
    case 'workflow_run':
    case 'workflow_job':
      return sentence(
        find(`${type}.name`),
        ended(find(`${type}.conclusion`, `${type}.status`)),
        find(`${type}.head_branch`) && `on ${find(`${type}.head_branch`)}`,
        find(`${type}.display_title`) && `(${find(`${type}.display_title`)})`,
      );
    case 'pull_request_approved':
      return sentence(who, 'approved', thing);
    case 'pull_request_rejected':
      return sentence(who, 'asked for changes in', thing);
    default:
      return undefined;
  }
}

function ended(state: string | undefined): string {
  const words = dictionary<string>({
    success: 'succeeded',
    failure: 'failed',
    error: 'failed',
    in_progress: 'is running',
  });
  return words(state) ?? (state ? `is ${state.replaceAll('_', ' ')}` : 'ended');
}

const VERBS = dictionary<string>({
  synchronized: 'pushed to',
  label_updated: 'changed the labels of',
  label_cleared: 'removed the labels of',
  milestoned: 'set the milestone of',
  demilestoned: 'removed the milestone of',
  review_requested: 'asked for a review of',
});

function pushTitle(find: Find, payload: unknown, who: string | undefined): string | undefined {
  const commits = at(payload, 'commits');
  const count = Number(find('total_commits')) || (Array.isArray(commits) ? commits.length : 0);
  const kind = find('ref')?.startsWith('refs/tags/') ? 'tag' : 'branch';
  if (/^0+$/.test(find('after') ?? '')) return sentence(who, 'deleted', kind, refOf(find));
  if (count === 0) return sentence(who, /^0+$/.test(find('before') ?? '') ? 'created' : 'moved', kind, refOf(find));
  if (count === 1)
    return sentence(
      who,
      `pushed to ${refOf(find) ?? 'a branch'}:`,
      firstLine(find('head_commit.message', 'commits.0.message')),
    );
  return sentence(who, 'pushed', plural(count, 'commit'), 'to', refOf(find));
}

function numberedUrl(find: Find): string | undefined {
  const [repository, issue] = [find('repository.html_url'), find('issue.number')];
  return repository && issue ? `${repository}/issues/${issue}` : undefined;
}

function refOf(find: Find): string | undefined {
  return find('ref')?.replace(/^refs\/(heads|tags)\//, '');
}
