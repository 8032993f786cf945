import { at, field, first, header } from '../core/delivery/readers.ts';
import type { Severity } from '../core/message/severity.ts';
import { defineProvider, type Incoming } from '../core/provider/provider.ts';
import { sentence, toWords } from '../core/text/line.ts';
import { toMoment } from '../core/text/moment.ts';
import { dictionary, type Find, finder, keyed, labelled, numbered } from '../reading/finder.ts';

import { guessAbout } from '../reading/guess-about.ts';
import { hmac } from '../signatures/hmac.ts';
import { stamped } from '../signatures/stamped.ts';

// https://linear.app/developers/webhooks
export default defineProvider({
  title: 'Linear',
  docs: 'https://linear.app/developers/webhooks',
  secret: 'theirs',
  evidence: 'vendor',
  sample: 'Issue.create',
  // The time in the body is signed; the one in the `linear-timestamp` header is not.
  signature: stamped(hmac({ header: 'linear-signature' }), {
    field: 'webhookTimestamp',
    unit: 'milliseconds',
    tolerance: 60,
  }),
  eventType: (delivery) => {
    const [type, action] = [first(field('type'), header('linear-event'))(delivery), field('action')(delivery)];
    return type && action ? `${type}.${action}` : type;
  },
  deliveryId: header('linear-delivery'),
  // It signs the body alone, and each attempt is dated anew.
  identity: ({ body }) => withoutDate(body),
  about: {
    title: (event) => titleOf(finder(event.payload), event) ?? guessAbout(event.payload, event.type).title,
    url: first(field('url'), field('data.url')),
    source: first(
      field('data.team.name'),
      field('data.issue.team.name'),
      field('data.project.name'),
      field('data.team.key'),
    ),
    actor: ({ payload }) => actorOf(finder(payload)),
    subject: ({ payload, type }) => {
      const find = finder(payload);
      return (
        keyed(
          'issue',
          find('data.issue.id', 'data.issueId') ?? (type.startsWith('Issue.') ? find('data.id') : undefined),
        ) ??
        keyed(
          'project',
          find('data.projectId', 'data.project.id') ?? (type.startsWith('Project.') ? find('data.id') : undefined),
        )
      );
    },
    state: ({ payload, type }) =>
      type === 'Issue.remove' ? 'deleted' : finder(payload)('data.state.name', 'data.status.name', 'data.state'),
    severity: ({ payload, type }) => severityFor(finder(payload), type),
    occurredAt: ({ payload }) => toMoment(finder(payload)('createdAt', 'data.updatedAt')),
    labels: ({ payload }) =>
      labelled({
        priority: finder(payload)('data.priorityLabel'),
        assignee: finder(payload)('data.assignee.name'),
        project: finder(payload)('data.project.name'),
      }),
  },
  quiet: ({ payload, type }) => {
    const before = at(payload, 'updatedFrom');
    if (!type.endsWith('.update') || typeof before !== 'object' || before === null) return undefined;
    return Object.keys(before).every((name) => UNSEEN.has(name))
      ? 'nothing changed that a person would see'
      : undefined;
  },
  setup: `
1. Open **Settings → API → Webhooks → New webhook**.
2. Paste {{url}} as **URL** and choose the data change events you want to hear of.
3. Copy the **Signing secret** that Linear shows (it starts with \`lin_wh_\`), and tell it to us.`,
});

const UNSEEN = new Set([
  'updatedAt',
  'sortOrder',
  'boardOrder',
  'subIssueSortOrder',
  'prioritySortOrder',
  'subscriberIds',
  'descriptionData',
  'lastAppliedTemplateId',
  'bodyData',
  'editedAt',
  'startedAt',
  'completedAt',
  'canceledAt',
  'addedToCycleAt',
  'addedToProjectAt',
  'addedToTeamAt',
  'autoArchivedAt',
]);

function withoutDate(body: Buffer): string {
  return body.toString('latin1').replace(/"webhookTimestamp"\s*:\s*\d+/, '');
}

function titleOf(find: Find, { type, payload }: Incoming): string | undefined {
  const [entity = '', action = ''] = type.split('.');
  const who = actorOf(find);
  const verbs = dictionary<string>({
    create: 'created',
    update: 'updated',
    remove: 'deleted',
    restore: 'restored',
  });
  const verb = verbs(action) ?? action;
  if (entity === 'Comment') {
    const what =
      numbered(
        '',
        find('data.issue.identifier'),
        find('data.issue.title', 'data.project.name', 'data.projectUpdate.project.name'),
      ) ?? 'an issue';
    return sentence(who ?? 'Somebody', action === 'create' ? 'commented on' : `${verb} a comment on`, what);
  }
  if (entity !== 'Issue') {
    const what = find('data.name', 'data.title', 'data.project.name');
    const kind = toWords(entity).toLowerCase();
    return who ? sentence(who, verb, kind, what) : sentence(`${toWords(entity)} ${verb}${what ? ':' : ''}`, what);
  }
  const [team, number] = [find('data.team.key'), find('data.number')];
  const issue = sentence(
    find('data.identifier') ?? (team && number ? `${team}-${number}` : 'issue'),
    find('data.title'),
  );
  const change = action === 'update' ? changeOf(find, at(payload, 'updatedFrom')) : undefined;
  if (!who) return change?.aside ? sentence(issue, `(${change.aside})`) : sentence(`Issue ${verb}:`, issue);
  return sentence(who, change?.verb ?? verb, issue, change?.rest);
}

interface Change {
  readonly verb: string;
  readonly rest?: string | undefined;
  readonly aside?: string | undefined;
}

function changeOf(find: Find, before: unknown): Change | undefined {
  const changed = (name: string) => typeof before === 'object' && before !== null && Object.hasOwn(before, name);
  const [state, assignee, priority] = [find('data.state.name'), find('data.assignee.name'), find('data.priorityLabel')];
  if (changed('stateId') && state) return { verb: 'moved', rest: `to ${state}`, aside: `now ${state}` };
  if (changed('assigneeId'))
    return assignee
      ? { verb: 'assigned', rest: `to ${assignee}`, aside: `assigned to ${assignee}` }
      : { verb: 'unassigned', aside: 'unassigned' };
  if (changed('priority') && priority)
    return { verb: 'set the priority of', rest: `to ${priority}`, aside: `priority ${priority}` };
  if (changed('labelIds')) return { verb: 'changed the labels of', aside: 'labels changed' };
  if (changed('dueDate')) return { verb: 'changed the due date of', aside: 'due date changed' };
  if (changed('title')) return { verb: 'renamed', aside: 'renamed' };
  return changed('description') ? { verb: 'edited', aside: 'edited' } : undefined;
}

function actorOf(find: Find): string | undefined {
  return find('actor.name', 'data.user.name', 'data.creator.name', 'data.botActor.name');
}

function severityFor(find: Find, type: string): Severity {
  if (/^Issue(SLA)?\.(breached|highRisk)$/i.test(type)) return type.endsWith('breached') ? 'critical' : 'warning';
  if (!type.startsWith('Issue.')) return 'info';
  if (find('data.state.type') === 'completed') return 'good';
  return find('data.priority') === '1' && find('data.state.type') !== 'canceled' ? 'warning' : 'info';
}
