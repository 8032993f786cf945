import { at, field, first, header } from '../core/delivery/readers.ts';
import type { Severity } from '../core/message/severity.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { toMoment } from '../core/text/moment.ts';
import { type Find, finder, keyed, labelled } from '../reading/finder.ts';

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
  // It signs the body alone, and each attempt has a new date.
  identity: ({ body }) => withoutDate(body),
  about: {
    title: ({ payload, type }) =>
      finder(payload)('data.title', 'data.name', 'data.issue.title', 'data.project.name') ??
      guessAbout(payload, type).title,
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
2. Paste {{url}} as **URL** and choose the data change events you want posted.
3. Copy the **Signing secret** that Linear shows (it starts with \`lin_wh_\`), and give it to Bellhop.`,
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

function actorOf(find: Find): string | undefined {
  return find('actor.name', 'data.user.name', 'data.creator.name', 'data.botActor.name');
}

function severityFor(find: Find, type: string): Severity {
  if (/^Issue(SLA)?\.(breached|highRisk)$/i.test(type)) return type.endsWith('breached') ? 'critical' : 'warning';
  if (!type.startsWith('Issue.') || type === 'Issue.remove') return 'info';
  if (find('data.state.type') === 'completed') return 'good';
  return find('data.priority') === '1' && find('data.state.type') !== 'canceled' ? 'warning' : 'info';
}
