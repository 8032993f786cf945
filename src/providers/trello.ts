import { at, field } from '../core/delivery/readers.ts';
import type { Severity } from '../core/message/severity.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { toMoment } from '../core/text/moment.ts';
import { presence } from '../handshakes/presence.ts';
import { type Find, finder, keyed, labelled } from '../reading/finder.ts';
import { guessAbout } from '../reading/guess-about.ts';
import { hmac } from '../signatures/hmac.ts';
import { body, url } from '../signatures/text/parts.ts';

/** What changes in a card, a list or a board without a person seeing it there. */
const UNSEEN = new Set([
  'pos',
  'prefs',
  'cover',
  'idAttachmentCover',
  'manualCoverAttachment',
  'dateLastActivity',
  'limits',
]);

// https://developer.atlassian.com/cloud/trello/guides/rest-api/action-types/
export default defineProvider({
  title: 'Trello',
  docs: 'https://developer.atlassian.com/cloud/trello/guides/rest-api/webhooks/',
  secret: 'theirs',
  evidence: 'vendor',
  sample: 'createCard',
  signature: hmac({ header: 'x-trello-webhook', signed: [body, url], algorithm: 'sha1', encoding: 'base64' }),
  handshake: presence,
  eventType: field('action.type'),
  deliveryId: field('action.id'),
  about: {
    title: ({ payload, type }) => finder(payload)('action.data.card.name') ?? guessAbout(payload, type).title,
    source: ({ payload }) => finder(payload)('action.data.board.name', 'model.name'),
    actor: ({ payload }) => finder(payload)('action.memberCreator.fullName', 'action.memberCreator.username'),
    subject: ({ payload }) => keyed('card', finder(payload)('action.data.card.id')),
    state: ({ payload, type }) => stateOf(payload, type),
    severity: ({ payload, type }) => severityFor(payload, type),
    url: ({ payload }) => urlOf(finder(payload)),
    occurredAt: ({ payload }) => toMoment(finder(payload)('action.date')),
    labels: ({ payload }) => labelled({ list: finder(payload)('action.data.listAfter.name', 'action.data.list.name') }),
  },
  quiet: ({ payload, type }) => {
    const before = at(payload, 'action.data.old');
    if (!/^update(?:Card|List|Board)$/.test(type) || typeof before !== 'object' || before === null) return undefined;
    return Object.keys(before).every((name) => UNSEEN.has(name))
      ? 'nothing changed that a person would see'
      : undefined;
  },
  setup: `
1. Use the API: create a webhook, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **OAuth secret**, and give it to Bellhop.`,
});

function urlOf(find: Find): string | undefined {
  const [card, board] = [find('action.data.card.shortLink'), find('action.data.board.shortLink')];
  const [type, comment] = [find('action.type'), find('action.id')];
  if (card && type === 'commentCard') return `https://trello.com/c/${card}#comment-${comment}`;
  if (card && type !== 'deleteCard') return `https://trello.com/c/${card}`;
  return find('model.shortUrl', 'model.url') ?? (board && `https://trello.com/b/${board}`);
}

function stateOf(payload: unknown, type: string): string | undefined {
  if (type === 'deleteCard') return 'deleted';
  const find = finder(payload);
  if (find('action.data.card.closed') === 'true') return 'archived';
  return find('action.data.listAfter.name', 'action.data.list.name', 'action.data.card.list.name');
}

function severityFor(payload: unknown, type: string): Severity {
  const find = finder(payload);
  if (type === 'updateCheckItemStateOnCard' && find('action.data.checkItem.state') === 'complete') return 'good';
  const done = find('action.data.card.dueComplete') === 'true' && find('action.data.old.dueComplete') === 'false';
  return type === 'updateCard' && done ? 'good' : 'info';
}
