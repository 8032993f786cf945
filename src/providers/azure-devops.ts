import { joined } from '../core/delivery/joined.ts';
import { at, field, textAt } from '../core/delivery/readers.ts';
import type { Severity } from '../core/message/severity.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { toMoment } from '../core/text/moment.ts';
import { dictionary, type Find, finder, keyed, labelled } from '../reading/finder.ts';
import { guessAbout } from '../reading/guess-about.ts';
import { basic } from '../signatures/basic.ts';
import { chosen } from '../signatures/chosen.ts';
import { took } from './shared/took.ts';

const SEVERITIES = dictionary<Severity>({
  succeeded: 'good',
  approved: 'good',
  partiallysucceeded: 'warning',
  failed: 'critical',
  rejected: 'warning',
  conflicts: 'warning',
  failure: 'warning',
  rejectedbypolicy: 'warning',
});
/** What changes in a work item whenever anything does. */
const UNSEEN =
  /^(?:System\.(?:Rev|AuthorizedDate|RevisedDate|ChangedDate|ChangedBy|Watermark|PersonId|BoardColumn|BoardColumnDone|BoardLane)|Microsoft\.VSTS\.Common\.(?:StackRank|BacklogPriority|StateChangeDate|ActivatedDate|ActivatedBy|ClosedDate|ClosedBy|ResolvedDate|ResolvedBy)|WEF_.*)$/;

// https://learn.microsoft.com/azure/devops/service-hooks/events
export default defineProvider({
  title: 'Azure DevOps',
  aliases: ['ado', 'vsts', 'tfs'],
  docs: 'https://learn.microsoft.com/azure/devops/service-hooks/services/webhooks',
  secret: 'ours',
  evidence: 'community',
  sample: 'git.pullrequest.created',
  options: { username: { description: 'The user name set there; any when left out' } },
  signature: chosen((_delivery, { options }) => basic(options.username ? { username: options.username } : {})),
  eventType: field('eventType'),
  deliveryId: ({ payload }) => joined('/', textAt(payload, 'subscriptionId'), textAt(payload, 'notificationId')),
  about: {
    title: ({ payload, type }) => finder(payload)('message.text') ?? guessAbout(payload, type).title,
    url: ({ payload }) => urlOf(payload),
    source: ({ payload }) =>
      finder(payload)(
        'resource.repository.name',
        'resource.pullRequest.repository.name',
        'resource.definition.name',
        'resource.pipeline.name',
        'resource.environment.releaseDefinition.name',
        'resource.release.releaseDefinition.name',
      ) ??
      workItemField(payload, 'System.TeamProject') ??
      finder(payload)('resource.project.name', 'resource.teamProject'),
    actor: ({ payload, type }) => actorOf(payload, type),
    subject: ({ payload, type }) => subjectOf(finder(payload), type),
    state: ({ payload, type }) => stateOf(payload, type),
    severity: ({ payload, type }) => severityFor(payload, type),
    occurredAt: ({ payload }) => toMoment(finder(payload)('createdDate', 'resource.finishTime', 'resource.date')),
    part({ payload }) {
      const find = finder(payload);
      const kind = find('resource.job.name') ? 'job' : 'stage';
      const name = find(`resource.${kind}.displayName`, `resource.${kind}.name`);
      const state = find(`resource.${kind}.result`, `resource.${kind}.state`);
      if (!name || !find('resource.run.id', 'resource.pipelineRun.id', 'resource.runId')) return undefined;
      const times = took(find(`resource.${kind}.startTime`), find(`resource.${kind}.finishTime`));
      return { name, ...(state && { state }), ...times };
    },
    labels: ({ payload }) => {
      const find = finder(payload);
      return labelled({
        branch: find('resource.refUpdates.0.name', 'resource.targetRefName', 'resource.sourceBranch')?.replace(
          /^refs\/(?:heads|tags)\//,
          '',
        ),
        environment: find(
          'resource.environment.name',
          'resource.approval.releaseEnvironment.name',
          'resource.deployment.releaseEnvironment.name',
        ),
        type: workItemField(payload, 'System.WorkItemType'),
      });
    },
  },
  quiet: ({ payload, type }) => {
    const fields = at(payload, 'resource.fields');
    if (type !== 'workitem.updated' || typeof fields !== 'object' || fields === null) return undefined;
    const unseen = Object.keys(fields).every((name) => UNSEEN.test(name));
    return unseen && at(payload, 'resource.relations') === undefined
      ? 'nothing changed that a person would see'
      : undefined;
  },
  setup: `
1. Open **Project settings → Service hooks → Web Hooks** and paste {{url}} as the URL.
2. Choose basic authentication, with any user name and {{secret}} as the password.`,
});

/** A field of a work item; their names have dots. Of a change, its new value. */
function workItemField(payload: unknown, name: string): string | undefined {
  for (const path of ['resource.fields', 'resource.revision.fields']) {
    const fields = at(payload, path);
    if (typeof fields !== 'object' || fields === null || !Object.hasOwn(fields, name)) continue;
    const value = (fields as Record<string, unknown>)[name];
    const found = typeof value === 'string' ? value : finder(value)('newValue', 'displayName', 'newValue.displayName');
    if (found) return found.replace(/ <[^>]*>$/, '');
  }
  return undefined;
}

function actorOf(payload: unknown, type: string): string | undefined {
  const find = finder(payload);
  return (
    find('resource.pushedBy.displayName', 'resource.comment.author.displayName', 'resource.closedBy.displayName') ??
    (/pullrequest/.test(type) ? find('message.text') : undefined)?.match(
      /^(\S.{0,80}?) (?:has |is )?(?:created|updated|changed|approved|rejected|marked|completed|abandoned|reactivated|pushed|published|waiting|reset|left|voted|commented|deleted|restored|checked)\b/,
    )?.[1] ??
    workItemField(payload, 'System.ChangedBy') ??
    find(
      'resource.revisedBy.displayName',
      'resource.createdBy.displayName',
      'resource.requestedFor.displayName',
      'resource.requests.0.requestedFor.displayName',
      'resource.deployment.requestedFor.displayName',
      'resource.release.createdBy.displayName',
      'resource.checkedInBy.displayName',
      'resource.author.displayName',
    )
  );
}

function urlOf(payload: unknown): string | undefined {
  const find = finder(payload);
  const pullRequest = find('resource.pullRequestId', 'resource.pullRequest.pullRequestId');
  // The address to clone from names a user.
  const repository = find(
    'resource.repository.webUrl',
    'resource.pullRequest.repository.webUrl',
    'resource.repository.remoteUrl',
    'resource.pullRequest.repository.remoteUrl',
  )?.replace(/^(https?:\/\/)[^/@]*@/, '$1');
  if (pullRequest && repository) return `${repository.replace(/\/$/, '')}/pullrequest/${pullRequest}`;
  return (
    find(
      'resource._links.web.href',
      'resource._links.html.href',
      'resource.revision._links.html.href',
      'resource.run._links.web.href',
      'resource.release._links.web.href',
      'resource.deployment.release._links.web.href',
    ) ??
    find('message.markdown')?.match(/\]\((https?:\/\/[^\s)]+)\)/)?.[1] ??
    repository
  );
}

function subjectOf(find: Find, type: string): string | undefined {
  const repository = find('resource.repository.name', 'resource.pullRequest.repository.name');
  const pullRequest = find('resource.pullRequestId', 'resource.pullRequest.pullRequestId');
  if (pullRequest) return keyed('pull_request', repository, '!', pullRequest);
  if (type.startsWith('workitem.')) return keyed('issue', find('resource.workItemId', 'resource.id'));
  if (type === 'build.complete') return keyed('build', find('resource.id'));
  const run = find('resource.run.id', 'resource.pipelineRun.id', 'resource.runId');
  if (run) return keyed('run', run);
  return (
    keyed(
      'deployment',
      find('resource.environment.releaseId', 'resource.release.id'),
      '/',
      find('resource.environment.id'),
    ) ?? keyed('release', find('resource.release.id'))
  );
}

function stateOf(payload: unknown, type: string): string | undefined {
  if (type === 'workitem.deleted') return 'deleted';
  if (type.startsWith('workitem.')) return workItemField(payload, 'System.State');
  const found = finder(payload)(
    'resource.stage.result',
    'resource.stage.state',
    'resource.run.result',
    'resource.run.state',
    'resource.environment.status',
    'resource.result',
    'resource.pullRequest.status',
    'resource.status',
  );
  if (found === 'stopped') return 'canceled';
  // What a pull request and a run call completed differs: the one is merged.
  return found === 'completed' && /pullrequest/.test(type) ? 'merged' : found;
}

function severityFor(payload: unknown, type: string): Severity {
  const find = finder(payload);
  if (type === 'git.pullrequest.merged')
    return SEVERITIES(find('resource.mergeStatus')?.toLowerCase()) === 'warning' ? 'warning' : 'info';
  if (/pullrequest|^git\.|^tfvc\./.test(type))
    return stateOf(payload, type) === 'merged' && !/comment/.test(type) ? 'good' : 'info';
  if (/approval-pending/.test(type)) return 'warning';
  if (type === 'ms.vss-release.deployment-approval-completed-event')
    return SEVERITIES(find('resource.approval.status')) ?? 'info';
  if (type.startsWith('workitem.'))
    return type === 'workitem.updated' &&
      at(payload, 'resource.fields') &&
      /^(?:done|closed|completed|resolved)$/i.test(changedState(payload) ?? '')
      ? 'good'
      : 'info';
  if (/release-created|release-abandoned|deployment-started/.test(type)) return 'info';
  return SEVERITIES(stateOf(payload, type)?.toLowerCase()) ?? 'info';
}

/** The state that a work item was moved to. */
function changedState(payload: unknown): string | undefined {
  const fields = at(payload, 'resource.fields');
  if (typeof fields !== 'object' || fields === null || !Object.hasOwn(fields, 'System.State')) return undefined;
  return textAt((fields as Record<string, unknown>)['System.State'], 'newValue');
}
