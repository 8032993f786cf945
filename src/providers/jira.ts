import { at, field, header } from '../core/delivery/readers.ts';
import type { Severity } from '../core/message/severity.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { toMoment } from '../core/text/moment.ts';
import { type Find, finder, keyed, labelled } from '../reading/finder.ts';
import { guessAbout } from '../reading/guess-about.ts';
import { withhold } from '../reading/payload/withhold.ts';
import { hmac } from '../signatures/hmac.ts';
import { signedBytes } from '../signatures/signed-bytes.ts';

/** What it changes in an issue that a person would not see. */
const UNSEEN = new Set(['rank', 'workratio', 'lastviewed', 'issueparentassociation', 'remoteworkitemlink']);
/** Names of what may be said of an issue that not everybody may read. */
const PUBLIC = /^(?:webhookEvent|issue_event_type_name|self|id|key|name|displayName|created|updated)$/;

// https://developer.atlassian.com/cloud/jira/platform/webhooks/
export default defineProvider({
  title: 'Jira',
  aliases: ['jira-cloud', 'jira-server'],
  docs: 'https://developer.atlassian.com/cloud/jira/platform/webhooks/',
  secret: 'ours',
  evidence: 'vendor',
  sample: 'jira.issue_created',
  signature: hmac({ header: 'x-hub-signature', prefix: 'sha256=' }),
  // What a workflow sends after a transition names no event.
  eventType: (delivery) =>
    field('webhookEvent')(delivery) ?? (at(delivery.payload, 'transition') === undefined ? undefined : 'transition'),
  deliveryId: header('x-atlassian-webhook-identifier'),
  // It signs the body alone.
  identity: signedBytes('x-hub-signature'),
  about: {
    title: ({ payload, type }) => finder(payload)('issue.fields.summary') ?? guessAbout(payload, type).title,
    url: ({ payload }) => urlOf(finder(payload)),
    source: ({ payload }) =>
      finder(payload)(
        'issue.fields.project.name',
        'issue.fields.project.key',
        'project.name',
        'project.key',
        'version.project.name',
      ),
    actor: ({ payload }) =>
      finder(payload)(
        'user.displayName',
        'user.name',
        'comment.updateAuthor.displayName',
        'comment.author.displayName',
        'worklog.updateAuthor.displayName',
        'worklog.author.displayName',
        'attachment.author.displayName',
        'issue.fields.creator.displayName',
      ),
    subject: ({ payload }) =>
      keyed('issue', issueOf(finder(payload))) ??
      keyed('sprint', finder(payload)('sprint.id')) ??
      keyed('version', finder(payload)('version.id')),
    state: ({ payload, type }) =>
      type === 'jira:issue_deleted' ? 'deleted' : finder(payload)('issue.fields.status.name', 'sprint.state'),
    severity: ({ payload, type }) => severityFor(payload, type),
    occurredAt: ({ payload, type }) =>
      toMoment(
        finder(payload)(
          'timestamp',
          'comment.updated',
          'worklog.updated',
          type === 'jira:issue_created' ? 'issue.fields.created' : 'issue.fields.updated',
        ),
      ),
    labels: ({ payload }) => {
      const find = finder(payload);
      const environment = find('issue.fields.environment');
      return labelled({
        priority: find('issue.fields.priority.name'),
        type: find('issue.fields.issuetype.name'),
        assignee: find('issue.fields.assignee.displayName'),
        // People write whole paragraphs into that field.
        environment: environment && environment.length <= 40 && !environment.includes('\n') ? environment : undefined,
      });
    },
    confidential: (event) => (isSecured(event.payload) || isInternal(event.payload) ? true : undefined),
  },
  discreet: ({ payload }) => {
    if (isSecured(payload)) return withhold(payload, (path) => PUBLIC.test(path.at(-1) ?? '')) ?? {};
    return isInternal(payload) ? (withhold(payload, (path) => path.at(-1) !== 'body') ?? {}) : undefined;
  },
  quiet: ({ payload, type }) => {
    const changed = changesOf(payload);
    if (type !== 'jira:issue_updated' || changed.length === 0 || at(payload, 'comment') !== undefined) return undefined;
    return changed.every((name) => UNSEEN.has(name)) ? 'nothing changed that a person would see' : undefined;
  },
  happening({ payload, type }) {
    const find = finder(payload);
    const comment = find('comment.id');
    // A comment is sent by itself, and as a change of its issue.
    return comment && /^(?:comment_(?:created|updated)|jira:issue_updated)$/.test(type)
      ? { keys: [`comment ${comment} ${find('comment.updated')}`], fact: 'commented', within: 120 }
      : undefined;
  },
  setup: `
1. Open **System → WebHooks → Create a WebHook** and paste {{url}} as the URL.
2. Paste {{secret}} as the **Secret**, choose the events you want posted, and save.`,
});

function issueOf(find: Find): string | undefined {
  // A comment without its issue names it in its own address.
  return find('issue.key') ?? find('comment.self', 'worklog.self')?.match(/\/issue\/(\w+)\//)?.[1];
}

function urlOf(find: Find): string | undefined {
  const self = find('issue.self', 'comment.self', 'sprint.self', 'version.self', 'project.self');
  const site = self?.match(/^(https?:\/\/.+?)\/rest\//)?.[1];
  // What an app receives names the gateway of the API, where people find nothing.
  if (!site || site.includes('/ex/jira/')) return undefined;
  const [issue, comment, project] = [find('issue.key'), find('comment.id'), find('project.key')];
  if (issue) return comment ? `${site}/browse/${issue}?focusedCommentId=${comment}` : `${site}/browse/${issue}`;
  if (project) return `${site}/browse/${project}`;
  const [board, version, projectId] = [find('sprint.originBoardId'), find('version.id'), find('version.projectId')];
  if (board) return `${site}/secure/RapidBoard.jspa?rapidView=${board}`;
  return version && projectId ? `${site}/secure/ReleaseNote.jspa?projectId=${projectId}&version=${version}` : undefined;
}

function changesOf(payload: unknown): readonly string[] {
  const items = at(payload, 'changelog.items');
  return Array.isArray(items)
    ? items.map((item) => (finder(item)('field') ?? '').toLowerCase().replaceAll(' ', ''))
    : [];
}

/** Whether only some may read the issue. */
function isSecured(payload: unknown): boolean {
  return finder(payload)('issue.fields.security.id', 'issue.fields.security.name') !== undefined;
}

/** Whether only some may read the comment. */
function isInternal(payload: unknown): boolean {
  return finder(payload)('comment.visibility.value') !== undefined || at(payload, 'comment.jsdPublic') === false;
}

function severityFor(payload: unknown, type: string): Severity {
  const find = finder(payload);
  if (type === 'jira:version_released' || type === 'sprint_closed') return 'good';
  if (type === 'jira:issue_created')
    return /^(?:highest|blocker|critical)$/i.test(find('issue.fields.priority.name') ?? '') ? 'warning' : 'info';
  const done = type === 'transition' || (type === 'jira:issue_updated' && changesOf(payload).includes('status'));
  return done && find('issue.fields.status.statusCategory.key') === 'done' ? 'good' : 'info';
}
