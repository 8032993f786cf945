import { joined } from '../core/delivery/joined.ts';
import { field, textAt } from '../core/delivery/readers.ts';
import type { Severity } from '../core/message/severity.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { toMoment } from '../core/text/moment.ts';
import { finder, keyed, labelled } from '../reading/finder.ts';
import { guessAbout } from '../reading/guess-about.ts';
import { hmac } from '../signatures/hmac.ts';

/** Events that say more of a change than `taskUpdated`, which is sent besides. */
const BETTER = [
  'taskCreated',
  'taskPriorityUpdated',
  'taskStatusUpdated',
  'taskAssigneeUpdated',
  'taskDueDateUpdated',
  'taskTagUpdated',
  'taskMoved',
  'taskCommentPosted',
  'taskCommentUpdated',
  'taskTimeEstimateUpdated',
  'taskTimeTrackedUpdated',
];

// https://developer.clickup.com/docs/webhooktaskpayloads
export default defineProvider({
  title: 'ClickUp',
  docs: 'https://developer.clickup.com/docs/webhooks',
  secret: 'theirs',
  evidence: 'vendor',
  sample: 'taskStatusUpdated',
  signature: hmac({ header: 'x-signature' }),
  eventType: field('event'),
  // One change is sent as several events, and what has no changes has no id: it may well be sent again.
  deliveryId: ({ payload }) =>
    textAt(payload, 'history_items.0.id') &&
    joined('/', ...['webhook_id', 'event', 'history_items.0.id'].map((path) => textAt(payload, path))),
  about: {
    title: ({ payload, type }) => guessAbout(payload, type).title,
    // It names no list, space or task, only their ids.
    source: ({ payload }) => {
      const list = finder(payload)('history_items.0.parent_id', 'list_id');
      return finder(payload)('history_items.0.after.category.name') ?? (list && `list ${list}`);
    },
    actor: field('history_items.0.user.username'),
    // People talk about a task; by its own name it would be something that runs.
    subject: ({ payload }) => keyed('ticket', finder(payload)('task_id')),
    state: ({ payload, type }) =>
      type === 'taskDeleted'
        ? 'deleted'
        : finder(payload)('history_items.0.field') === 'status'
          ? finder(payload)('history_items.0.after.status')
          : undefined,
    severity: ({ payload, type }) => severityFor(payload, type),
    url: ({ payload }) => {
      const task = finder(payload)('task_id');
      return task && `https://app.clickup.com/t/${encodeURIComponent(task)}`;
    },
    occurredAt: ({ payload }) => toMoment(finder(payload)('history_items.0.date')),
    labels: ({ payload }) => labelled({ field: finder(payload)('history_items.0.field') }),
  },
  happening({ payload, type }) {
    const change = finder(payload)('history_items.0.id');
    const better = type === 'taskUpdated' ? BETTER : type === 'taskStatusUpdated' ? ['taskCreated'] : [];
    return change && type.startsWith('task')
      ? { keys: [`change ${change}`], fact: 'changed', better, within: 120 }
      : undefined;
  },
  setup: `
1. Use the API: create a webhook, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **secret**, and give it to Bellhop.`,
});

function severityFor(payload: unknown, type: string): Severity {
  const find = finder(payload);
  if (type === 'taskPriorityUpdated') return find('history_items.0.after.priority') === 'urgent' ? 'warning' : 'info';
  const done = /^(?:closed|done)$/.test(find('history_items.0.after.type') ?? '');
  return type === 'taskStatusUpdated' && done ? 'good' : 'info';
}
