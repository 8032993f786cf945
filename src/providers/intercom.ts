import { at, field, textAt } from '../core/delivery/readers.ts';
import type { Severity } from '../core/message/severity.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { toMoment } from '../core/text/moment.ts';
import { anyOf } from '../handshakes/any-of.ts';
import { ping } from '../handshakes/ping.ts';
import { presence } from '../handshakes/presence.ts';
import { type Find, finder, keyed, labelled } from '../reading/finder.ts';
import { guessAbout } from '../reading/guess-about.ts';
import { hmac } from '../signatures/hmac.ts';

// https://developers.intercom.com/docs/references/webhooks/webhook-models
export default defineProvider({
  title: 'Intercom',
  docs: 'https://developers.intercom.com/docs/webhooks',
  secret: 'theirs',
  evidence: 'vendor',
  sample: 'conversation.user.created',
  signature: hmac({ header: 'x-hub-signature', prefix: 'sha1=', algorithm: 'sha1' }),
  handshake: anyOf(presence, ping({ when: ({ payload }) => textAt(payload, 'topic') === 'ping' })),
  eventType: field('topic'),
  deliveryId: field('id'),
  about: {
    title: ({ payload, type }) => {
      const find = finder(payload);
      return find('data.item.title', 'data.item.ticket_attributes._default_title_') ?? guessAbout(payload, type).title;
    },
    source: field('app_id'),
    actor: ({ payload, type }) => actorOf(payload, type),
    subject: ({ payload, type }) => subjectOf(finder(payload), type),
    state: ({ payload }) =>
      finder(payload)('data.item.ticket_state.internal_label', 'data.item.ticket_state', 'data.item.state'),
    severity: ({ payload, type }) => severityFor(finder(payload), type),
    occurredAt: ({ payload }) => toMoment(finder(payload)('created_at', 'data.item.updated_at')),
    url: ({ payload }) => urlOf(finder(payload)),
    labels: ({ payload }) => labelled({ priority: finder(payload)('data.item.priority') }),
  },
  setup: `
1. Open **Developer Hub → your app → Webhooks**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **Client secret**, and give it to Bellhop.`,
});

/** Conversations lost their user when they could have several; old versions of the API still send it. */
const CUSTOMERS = ['data.item.user', 'data.item.contact', 'data.item.source.author', 'data.item'];

function actorOf(payload: unknown, type: string): string | undefined {
  const find = finder(payload);
  if (/\.(?:admin|assigned)\b/.test(type)) {
    const parts = at(payload, 'data.item.conversation_parts.conversation_parts');
    const last = Array.isArray(parts) ? parts.length - 1 : 0;
    const part = `data.item.conversation_parts.conversation_parts.${last}.author`;
    const said = find(`${part}.name`, 'data.item.ticket_part.author.name', 'data.item.admin.name');
    return (
      said ??
      (type.endsWith('.single.created') ? find('data.item.source.author.name', 'data.item.assignee.name') : undefined)
    );
  }
  const [named, written] = ['name', 'email'].map((name) => CUSTOMERS.map((path) => `${path}.${name}`));
  const anonymous = CUSTOMERS.map((path) => `${path}.pseudonym`);
  return type.startsWith('company.') ? undefined : find(...(named ?? []), ...(written ?? []), ...anonymous);
}

function subjectOf(find: Find, type: string): string | undefined {
  const [kind, id] = [find('data.item.type'), find('data.item.id')];
  if (type.startsWith('conversation') || type.startsWith('ticket.')) {
    return keyed(kind === 'ticket' ? 'ticket' : 'conversation', find('data.item.conversation.id') ?? id);
  }
  const person = find('data.item.contact.id', 'data.item.user.id');
  return keyed(person ? 'contact' : (kind ?? 'item'), person ?? id);
}

function urlOf(find: Find): string | undefined {
  const own = find('data.item.links.conversation_web', 'data.item.conversation.links.conversation_web');
  const [app, kind] = [find('app_id'), find('data.item.type')];
  if (own || !app) return own;
  const base = `https://app.intercom.com/a/apps/${encodeURIComponent(app)}`;
  const person = find('data.item.contact.id', 'data.item.user.id', 'data.item.intercom_user_id');
  const id = person ?? find('data.item.conversation.id', 'data.item.id');
  if (!id) return base;
  if (kind === 'conversation' || kind === 'conversation_part' || kind === 'ticket') {
    return `${base}/conversations/${encodeURIComponent(id)}`;
  }
  if (kind === 'company') return `${base}/companies/${encodeURIComponent(id)}`;
  return person || /^(?:user|lead|contact)$/.test(kind ?? '')
    ? `${base}/users/${encodeURIComponent(id)}/all-conversations`
    : base;
}

function severityFor(find: Find, type: string): Severity {
  const rating = Number(find('data.item.conversation_rating.rating') ?? Number.NaN);
  if (type === 'conversation.rating.added') return rating <= 2 ? 'warning' : rating >= 4 ? 'good' : 'info';
  if (/\.closed$/.test(type) || find('data.item.ticket_state.category') === 'resolved') return 'good';
  return find('data.item.priority') === 'priority' ? 'warning' : 'info';
}
