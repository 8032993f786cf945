import type { Parsed } from '../core/delivery/delivery.ts';
import { first, header, textAt } from '../core/delivery/readers.ts';
import type { Severity } from '../core/message/severity.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { toMoment } from '../core/text/moment.ts';
import { type Find, finder, keyed, labelled } from '../reading/finder.ts';
import { guessAbout } from '../reading/guess-about.ts';
import { guessType } from '../reading/read-payload.ts';
import { timestamped } from '../signatures/timestamped.ts';

// https://developer.zendesk.com/api-reference/webhooks/event-types/webhook-event-types/
export default defineProvider({
  title: 'Zendesk',
  docs: 'https://developer.zendesk.com/documentation/webhooks/verifying/',
  secret: 'theirs',
  evidence: 'vendor',
  sample: 'ticket.created',
  signature: timestamped({
    header: 'x-zendesk-webhook-signature',
    time: { header: 'x-zendesk-webhook-signature-timestamp' },
    unit: 'iso',
    encoding: 'base64',
  }),
  eventType: first(typeOf, guessType),
  deliveryId: header('x-zendesk-webhook-invocation-id'),
  about: {
    title: ({ payload, type }) =>
      finder(payload)('detail.subject', 'ticket.title', 'ticket.subject', 'detail.name', 'event.title') ??
      guessAbout(payload, type).title,
    source: ({ payload }) => finder(payload)('ticket.group.name', 'ticket.group', 'ticket.brand.name', 'ticket.brand'),
    actor: ({ payload }) =>
      finder(payload)(
        'event.comment.author.name',
        'current_user.name',
        'ticket.requester.name',
        'ticket.requester',
        'detail.name',
      ),
    subject: ({ payload, type }) =>
      keyed('ticket', finder(payload)('ticket.id', 'ticket_id')) ??
      keyed(type.split('.')[0] ?? 'thing', finder(payload)('detail.id')),
    state: ({ payload }) =>
      finder(payload)('detail.status', 'ticket.status')
        ?.toLowerCase()
        .replace(/^solved$/, 'resolved'),
    severity: ({ payload, type }) => severityFor(finder(payload), type),
    occurredAt: ({ payload }) => toMoment(finder(payload)('time', 'detail.updated_at', 'ticket.updated_at')),
    url: ({ payload }) => {
      // In a trigger's body an address of a ticket has no scheme.
      const url = finder(payload)('ticket.link', 'ticket.url', 'url', 'link');
      return url && !/^\w+:/.test(url) ? `https://${url}` : url;
    },
    labels: ({ payload }) =>
      labelled({ priority: finder(payload)('detail.priority', 'ticket.priority')?.toLowerCase() }),
  },
  setup: `
1. Open **Admin Center → Apps and integrations → Webhooks**, paste {{url}} as the URL, and choose the events you want posted. Or choose **Trigger or automation**, and have a trigger send JSON with a \`ticket\` that has \`id\`, \`title\`, \`status\`, \`priority\`, \`link\`, \`requester\` and \`comment\`.
2. Copy the **signing secret**, and give it to Bellhop.`,
});

/** Every type begins with the same words; what a trigger sends is about a ticket, in the words of whoever wrote it. */
function typeOf({ payload }: Parsed): string | undefined {
  const type = textAt(payload, 'type')?.replace(/^zen:event-type:/, '');
  return type ?? (textAt(payload, 'ticket.id') ? 'ticket' : undefined);
}

function severityFor(find: Find, type: string): Severity {
  const status = find('detail.status', 'ticket.status')?.toLowerCase() ?? '';
  if (/^(?:solved|closed)$/.test(status)) return 'good';
  const priority = find('detail.priority', 'ticket.priority')?.toLowerCase();
  if (!/^ticket(?:$|\.(?:created|priority_changed|comment_added|status_changed))/.test(type)) return 'info';
  return priority === 'urgent' ? 'warning' : 'info';
}
