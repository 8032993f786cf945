import { joined } from '../core/delivery/joined.ts';
import { at, field, first, textAt } from '../core/delivery/readers.ts';
import type { Severity } from '../core/message/severity.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { toMoment } from '../core/text/moment.ts';
import { dictionary, finder, keyed, labelled } from '../reading/finder.ts';
import { guessAbout } from '../reading/guess-about.ts';
import { hmac } from '../signatures/hmac.ts';

/** What people talk about there, by names that say so: a task elsewhere is something that runs. */
const KINDS = dictionary<string>({ userstory: 'story', relateduserstory: 'epic', task: 'ticket' });
/** What changes without a person seeing it there. */
const UNSEEN = new Set(['backlog_order', 'kanban_order', 'sprint_order', 'us_order', 'taskboard_order', 'epics_order']);

export default defineProvider({
  title: 'Taiga',
  docs: 'https://docs.taiga.io/webhooks.html',
  secret: 'ours',
  evidence: 'community',
  sample: 'issue.create',
  signature: hmac({ header: 'x-taiga-webhook-signature', algorithm: 'sha1' }),
  eventType: ({ payload }) => joined('.', textAt(payload, 'type'), textAt(payload, 'action')),
  about: {
    title: ({ payload, type }) =>
      finder(payload)('data.subject', 'data.name', 'data.user_story.subject') ?? guessAbout(payload, type).title,
    source: first(field('data.project.name'), field('data.epic.project.name')),
    actor: first(field('by.full_name'), field('by.username')),
    subject: ({ payload }) => {
      const kind = finder(payload)('type') ?? 'item';
      return keyed(KINDS(kind) ?? kind, finder(payload)(kind === 'relateduserstory' ? 'data.epic.id' : 'data.id'));
    },
    state: ({ payload, type }) => (type.endsWith('.delete') ? 'deleted' : finder(payload)('data.status.name')),
    severity: ({ payload }) => severityFor(payload),
    url: first(
      field('data.permalink'),
      field('data.user_story.permalink'),
      field('data.epic.permalink'),
      field('data.project.permalink'),
      field('data.epic.project.permalink'),
    ),
    occurredAt: ({ payload }) => toMoment(finder(payload)('date')),
    labels: ({ payload }) =>
      labelled({
        priority: finder(payload)('data.priority.name'),
        sprint: finder(payload)('data.milestone.name'),
        assignee: finder(payload)('data.assigned_to.full_name'),
      }),
  },
  quiet: ({ payload, type }) => {
    const changes = at(payload, 'change.diff');
    if (!type.endsWith('.change') || typeof changes !== 'object' || changes === null) return undefined;
    if (finder(payload)('change.comment')) return undefined;
    return Object.keys(changes).every((name) => UNSEEN.has(name))
      ? 'nothing changed that a person would see'
      : undefined;
  },
  setup: `
1. Open **Settings → Integrations → Webhooks** and paste {{url}} as the URL.
2. Paste {{secret}} as the **Secret key**, choose the events you want posted, and save.`,
});

function severityFor(payload: unknown): Severity {
  const find = finder(payload);
  const blocked = find('change.diff.is_blocked.to');
  if (blocked !== undefined) return blocked === 'true' ? 'warning' : 'good';
  const moved = at(payload, 'change.diff.status') !== undefined;
  return moved && find('data.status.is_closed', 'data.is_closed') === 'true' ? 'good' : 'info';
}
