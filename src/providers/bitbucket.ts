import { at, field, first, header } from '../core/delivery/readers.ts';
import { type Severity, severityOf } from '../core/message/severity.ts';

import { defineProvider, type Incoming } from '../core/provider/provider.ts';
import { contradictsShape, type Shapes } from '../core/provider/shape.ts';
import { firstLine, plural, sentence } from '../core/text/line.ts';
import { toMoment } from '../core/text/moment.ts';
import { dictionary, type Find, finder, keyed, labelled, numbered } from '../reading/finder.ts';

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
  evidence: 'community',
  sample: 'pullrequest.created',
  signature: hmac({ header: SIGNATURE, prefix: 'sha256=' }),
  // What stands in the body is signed.
  eventType: (delivery) => (delivery.body.includes('"eventKey"') && field('eventKey')(delivery)) || eventKey(delivery),
  deliveryId: first(header('x-request-uuid'), header('x-request-id')),
  identity: signedBytes(SIGNATURE),
  // A branch that is moved to and fro makes equal bodies.
  repeatWindow: (type) => (type === 'repo:push' ? 60 : undefined),
  contradicts(delivery, type) {
    const [state, claimed] = [field('pullrequest.state')(delivery), STATES(type)];
    if (state && claimed && state !== claimed)
      return `a header calls it \`${type}\`, but the pull request is ${state.toLowerCase()}`;
    return contradictsItsShape(delivery, type);
  },
  about: {
    title: (event) => titleOf(finder(event.payload), event) ?? guessAbout(event.payload, event.type).title,
    url: ({ payload }) =>
      finder(payload)(
        'comment.links.html.href',
        'pullrequest.links.html.href',
        'issue.links.html.href',
        'commit_status.url',
        'pullRequest.links.self.0.href',
        'push.changes.0.links.html.href',
        'push.changes.0.new.links.html.href',
        'fork.links.html.href',
        'repository.links.html.href',
        'repository.links.self.0.href',
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
          'push.changes.0.new.target.date',
        ),
      ),
    labels: ({ payload }) =>
      labelled({
        branch: finder(payload)(
          'push.changes.0.new.name',
          'push.changes.0.old.name',
          'pullrequest.destination.branch.name',
          'pullRequest.toRef.displayId',
          'changes.0.ref.displayId',
        ),
      }),
  },
  quiet: ({ payload }) =>
    finder(payload)('commit_status.state') === 'INPROGRESS' ? 'it has not finished yet' : undefined,
  setup: `
1. Open **Repository settings → Webhooks → Add webhook** (in Data Center: **Create webhook**).
2. Paste {{url}} as **URL** and {{secret}} as **Secret**.
3. Choose the triggers you want to hear of, and save.`,
});

const PULL_REQUEST_VERBS = dictionary<string>({
  created: 'opened',
  opened: 'opened',
  updated: 'updated',
  modified: 'edited',
  from_ref_updated: 'pushed to',
  approved: 'approved',
  'reviewer:approved': 'approved',
  unapproved: 'took back the approval of',
  'reviewer:unapproved': 'took back the approval of',
  'reviewer:needs_work': 'asked for changes in',
  'reviewer:changes_requested': 'asked for changes in',
  changes_request_created: 'asked for changes in',
  changes_request_removed: 'no longer asks for changes in',
  'reviewer:updated': 'changed the reviewers of',
  fulfilled: 'merged',
  merged: 'merged',
  rejected: 'declined',
  declined: 'declined',
  deleted: 'deleted',
  comment_created: 'commented on',
  'comment:added': 'commented on',
  comment_updated: 'edited a comment on',
  'comment:edited': 'edited a comment on',
  comment_deleted: 'deleted a comment on',
  'comment:deleted': 'deleted a comment on',
  comment_resolved: 'resolved a comment on',
});

function titleOf(find: Find, { type, payload }: Incoming): string | undefined {
  const who = find('actor.display_name', 'actor.displayName', 'actor.nickname', 'actor.name');
  const [family = '', ...rest] = type.split(':');
  const action = rest.join(':');
  if (family === 'pullrequest' || family === 'pr') {
    return sentence(
      who ?? 'Somebody',
      PULL_REQUEST_VERBS(action) ?? action.replace(/[:_]/g, ' '),
      numbered('#', find('pullrequest.id', 'pullRequest.id'), find('pullrequest.title', 'pullRequest.title')),
    );
  }
  if (family === 'issue')
    return sentence(
      who ?? 'Somebody',
      action === 'comment_created' ? 'commented on' : action === 'created' ? 'opened' : 'updated',
      numbered('#', find('issue.id'), find('issue.title')),
    );
  switch (type) {
    case 'repo:push':
      return cloudPush(find, payload, who);
    case 'repo:refs_changed':
      return serverPush(find, who);
    case 'repo:fork':
    case 'repo:forked':
      return sentence(who, 'forked', repositoryOf(find), find('fork.full_name') && `as ${find('fork.full_name')}`);
    case 'repo:commit_comment_created':
    case 'repo:comment:added':
      return sentence(who, 'commented on commit', find('commit.hash', 'commit')?.slice(0, 7));
    case 'repo:comment:edited':
      return sentence(who, 'edited a comment on commit', find('commit')?.slice(0, 7));
    case 'repo:comment:deleted':
      return sentence(who, 'deleted a comment on commit', find('commit')?.slice(0, 7));
    case 'repo:commit_status_created':
    case 'repo:commit_status_updated':
      return sentence(
        find('commit_status.name', 'commit_status.key'),
        statusWords(find('commit_status.state')),
        find('commit_status.refname') && `on ${find('commit_status.refname')}`,
      );
    case 'repo:updated':
    case 'repo:modified':
      return sentence(who, 'changed repository', repositoryOf(find) ?? find('new.name'));
    case 'diagnostics:ping':
      return 'Bitbucket reaches this endpoint';
    default:
      return undefined;
  }
}

function cloudPush(find: Find, payload: unknown, who = 'Somebody'): string | undefined {
  const change = 'push.changes.0';
  const kind = find(`${change}.new.type`, `${change}.old.type`) ?? 'branch';
  const name = find(`${change}.new.name`, `${change}.old.name`);
  if (!find(`${change}.new.name`)) return sentence(who, 'deleted', kind, name);
  const commits = at(payload, `${change}.commits`);
  const count = Array.isArray(commits) ? commits.length : 0;
  if (kind === 'tag' || count === 0) return sentence(who, find(`${change}.old.name`) ? 'moved' : 'created', kind, name);
  const pushed = find(`${change}.forced`) === 'true' ? 'force-pushed' : 'pushed';
  if (count === 1) return sentence(who, pushed, `to ${name}:`, firstLine(find(`${change}.commits.0.message`)));
  const many =
    find(`${change}.truncated`) === 'true' ? `more than ${plural(count, 'commit')}` : plural(count, 'commit');
  return sentence(who, pushed, many, 'to', name);
}

function serverPush(find: Find, who = 'Somebody'): string | undefined {
  const verbs = dictionary<string>({ ADD: 'created', DELETE: 'deleted' });
  const kind = find('changes.0.ref.type')?.toLowerCase() ?? 'branch';
  const verb = verbs(find('changes.0.type'));
  return sentence(who, verb ? `${verb} ${kind}` : `pushed to ${kind}`, find('changes.0.ref.displayId'));
}

function repositoryOf(find: Find): string | undefined {
  const [project, slug] = [
    find('repository.project.key', 'pullRequest.toRef.repository.project.key'),
    find('repository.slug', 'pullRequest.toRef.repository.slug'),
  ];
  return find('repository.full_name') ?? (project && slug ? `${project}/${slug}` : find('repository.name', 'new.name'));
}

function statusWords(state: string | undefined): string {
  const words = dictionary<string>({
    SUCCESSFUL: 'succeeded',
    FAILED: 'failed',
    INPROGRESS: 'is running',
    STOPPED: 'was stopped',
  });
  return words(state) ?? 'changed';
}

function severityFor(find: Find, type: string): Severity {
  if (type.includes('commit_status')) return severityOf(find('commit_status.state')) ?? 'info';
  if (/:(fulfilled|merged|approved|reviewer:approved)$/.test(type)) return 'good';
  return /:(rejected|declined|changes_request_created|reviewer:needs_work)$/.test(type) ? 'warning' : 'info';
}
