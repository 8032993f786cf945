import { fullest } from '../core/delivery/fullest.ts';
import { at, field, first, header } from '../core/delivery/readers.ts';
import { type Severity, severityOf } from '../core/message/severity.ts';

import { defineProvider } from '../core/provider/provider.ts';
import { contradictsShape, type Shapes } from '../core/provider/shape.ts';
import { toMoment } from '../core/text/moment.ts';
import { dictionary, type Find, finder, keyed, labelled } from '../reading/finder.ts';

import { guessAbout } from '../reading/guess-about.ts';
import { hmac } from '../signatures/hmac.ts';
import { signedBytes } from '../signatures/signed-bytes.ts';

const SIGNATURE = 'x-hub-signature';
const DATA_CENTER =
  'pr:comment:added pr:comment:deleted pr:comment:edited pr:declined pr:deleted pr:from_ref_updated pr:merged pr:modified pr:opened ' +
  'pr:reviewer:approved pr:reviewer:needs_work pr:reviewer:unapproved pr:reviewer:updated repo:comment:added repo:forked ' +
  'repo:modified repo:refs_changed';
/** What the bodies of each event have at their top. Data Center names the event there. */
const SHAPES: Shapes = {
  ...Object.fromEntries(DATA_CENTER.split(' ').map((type) => [type, ['eventKey']])),
  'issue:comment_created': ['issue', 'comment'],
  'issue:created': ['issue'],
  'issue:updated': ['issue', 'changes'],
  'pullrequest:approved': ['pullrequest', 'approval'],
  'pullrequest:changes_request_created': ['pullrequest', 'changes_request'],
  'pullrequest:changes_request_removed': ['pullrequest', 'changes_request'],
  'pullrequest:comment_created': ['pullrequest', 'comment'],
  'pullrequest:comment_deleted': ['pullrequest', 'comment'],
  'pullrequest:comment_updated': ['pullrequest', 'comment'],
  'pullrequest:created': ['pullrequest'],
  'pullrequest:fulfilled': ['pullrequest'],
  'pullrequest:rejected': ['pullrequest'],
  'pullrequest:unapproved': ['pullrequest', 'approval'],
  'pullrequest:updated': ['pullrequest'],
  'repo:commit_comment_created': ['comment', 'commit'],
  'repo:commit_status_created': ['commit_status'],
  'repo:commit_status_updated': ['commit_status'],
  'repo:fork': ['fork'],
  'repo:push': ['push'],
};
const contradictsItsShape = contradictsShape({ shapes: SHAPES });
const STATES = dictionary<string>({
  'pullrequest:created': 'OPEN',
  'pullrequest:fulfilled': 'MERGED',
  'pullrequest:rejected': 'DECLINED',
});

const eventKey = header('x-event-key');

// https://support.atlassian.com/bitbucket-cloud/docs/event-payloads/ and, for `pr:` and `eventKey`, Data Center.
export default defineProvider({
  title: 'Bitbucket',
  docs: 'https://support.atlassian.com/bitbucket-cloud/docs/manage-webhooks/',
  secret: 'ours',
  evidence: 'vendor',
  sample: 'pullrequest.created',
  signature: hmac({ header: SIGNATURE, prefix: 'sha256=' }),
  // A type in the body is signed; one in a header is not.
  eventType: (delivery) => (delivery.body.includes('"eventKey"') && field('eventKey')(delivery)) || eventKey(delivery),
  deliveryId: first(header('x-request-uuid'), header('x-request-id')),
  identity: signedBytes(SIGNATURE),
  // A branch that is moved back and forth makes equal bodies.
  repeatWindow: (type) => (type === 'repo:push' ? 60 : undefined),
  contradicts(delivery, type) {
    const [state, claimed] = [field('pullrequest.state')(delivery), STATES(type)];
    if (state && claimed && state !== claimed)
      return `a header calls it \`${type}\`, but the pull request is ${state.toLowerCase()}`;
    return contradictsItsShape(delivery, type);
  },
  about: {
    title: ({ payload, type }) => guessAbout(payload, type).title,
    url: ({ payload }) =>
      mainChange(payload)('links.html.href', 'new.links.html.href') ??
      finder(payload)(
        'comment.links.html.href',
        'pullrequest.links.html.href',
        'issue.links.html.href',
        'commit_status.url',
        'pullRequest.links.self.0.href',
        'fork.links.html.href',
        'repository.links.html.href',
        'repository.links.self.0.href',
        'new.links.self.0.href',
      ),
    source: ({ payload }) => repositoryOf(finder(payload)),
    actor: first(
      field('actor.nickname'),
      field('actor.name'),
      field('actor.display_name'),
      field('actor.displayName'),
      field('actor.username'),
    ),
    subject: ({ payload }) => {
      const find = finder(payload);
      return (
        keyed('pull_request', repositoryOf(find), '#', find('pullrequest.id', 'pullRequest.id')) ??
        keyed('issue', repositoryOf(find), '#', find('issue.id')) ??
        keyed('build', repositoryOf(find), '/', find('commit_status.key'))
      );
    },
    state: ({ payload }) =>
      finder(payload)('commit_status.state', 'pullrequest.state', 'pullRequest.state', 'issue.state')?.toLowerCase(),
    severity: ({ payload, type }) => severityFor(finder(payload), type),
    occurredAt: ({ payload }) =>
      toMoment(
        finder(payload)(
          'date',
          'comment.updated_on',
          'commit_status.updated_on',
          'pullrequest.updated_on',
          'issue.updated_on',
        ) ?? mainChange(payload)('new.target.date'),
      ),
    labels: ({ payload }) =>
      labelled({
        branch:
          mainChange(payload)('new.name', 'old.name') ??
          finder(payload)('pullrequest.destination.branch.name', 'pullRequest.toRef.displayId') ??
          mainRef(payload),
      }),
  },
  quiet({ payload, type }) {
    if (type === 'diagnostics:ping') return 'it only tries whether deliveries arrive';
    return finder(payload)('commit_status.state') === 'INPROGRESS' ? 'it has not finished yet' : undefined;
  },
  setup: `
1. Open **Repository settings → Webhooks → Add webhook** (in Data Center: **Create webhook**).
2. Paste {{url}} as **URL** and {{secret}} as **Secret**.
3. Choose the triggers you want posted, and save.`,
});

function repositoryOf(find: Find): string | undefined {
  const [project, slug] = [
    find('repository.project.key', 'pullRequest.toRef.repository.project.key'),
    find('repository.slug', 'pullRequest.toRef.repository.slug'),
  ];
  return find('repository.full_name') ?? (project && slug ? `${project}/${slug}` : find('repository.name', 'new.name'));
}

/** Of several changes in one push, the one with most commits, and one that made something before one that deleted. */
function mainChange(payload: unknown): Find {
  const changes = at(payload, 'push.changes');
  return finder(fullest(Array.isArray(changes) ? changes : [], ['commits', 'new']));
}

/** The same in Data Center, which says what each change did. */
function mainRef(payload: unknown): string | undefined {
  const changes = at(payload, 'changes');
  if (!Array.isArray(changes)) return undefined;
  const main = ['UPDATE', 'ADD', 'DELETE'].map((type) => changes.find((change) => at(change, 'type') === type));
  return finder(main.find(Boolean))('ref.displayId');
}

function severityFor(find: Find, type: string): Severity {
  if (type.includes('commit_status')) return severityOf(find('commit_status.state')) ?? 'info';
  if (/:(fulfilled|merged|approved|reviewer:approved)$/.test(type)) return 'good';
  return /:(rejected|declined|changes_request_created|reviewer:(?:needs_work|changes_requested))$/.test(type)
    ? 'warning'
    : 'info';
}
