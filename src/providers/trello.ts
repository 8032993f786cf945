import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { presence } from '../handshakes/presence.ts';
import { finder, keyed } from '../reading/finder.ts';
import { hmac } from '../signatures/hmac.ts';
import { body, url } from '../signatures/text/parts.ts';

export default defineProvider({
  title: 'Trello',
  docs: 'https://developer.atlassian.com/cloud/trello/guides/rest-api/webhooks/',
  secret: 'theirs',
  evidence: 'vendor',
  signature: hmac({ header: 'x-trello-webhook', signed: [body, url], algorithm: 'sha1', encoding: 'base64' }),
  handshake: presence,
  eventType: field('action.type'),
  deliveryId: field('action.id'),
  about: {
    source: ({ payload }) => finder(payload)('model.name', 'action.data.board.name'),
    actor: field('action.memberCreator.fullName'),
    subject: ({ payload }) => keyed('card', finder(payload)('action.data.card.id')),
    url: field('model.shortUrl'),
  },
  setup: `
1. Use the API: create a webhook, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **OAuth secret**, and give it to Bellhop.`,
});
