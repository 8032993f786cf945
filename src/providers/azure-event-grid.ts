import { field, first, header } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { anyOf } from '../handshakes/any-of.ts';
import { eventGrid } from '../handshakes/event-grid.ts';
import { webhookOrigin } from '../handshakes/webhook-origin.ts';
import { finder, keyed } from '../reading/finder.ts';
import { chosen } from '../signatures/chosen.ts';
import { tokenInQuery } from '../signatures/token-in-payload.ts';
import { unsigned } from '../signatures/unsigned.ts';

export default defineProvider({
  title: 'Azure Event Grid',
  aliases: ['event-grid'],
  docs: 'https://learn.microsoft.com/azure/event-grid/receive-events',
  secret: ({ verify }) => (verify === 'query' ? 'ours' : 'none'),
  evidence: 'vendor',
  options: { verify: { description: 'Whether a secret stands in the address', choices: ['none', 'query'] } },
  signature: chosen((_delivery, { options }) => (options.verify === 'query' ? tokenInQuery('secret') : unsigned())),
  handshake: anyOf(webhookOrigin, eventGrid),
  events: '*',
  eventType: first(field('0.eventType'), field('0.type'), header('ce-type'), field('type')),
  deliveryId: first(field('0.id'), header('ce-id'), field('id')),
  about: {
    source: ({ payload }) => finder(payload)('0.topic', '0.source', 'source'),
    subject: ({ payload }) => keyed('subject', finder(payload)('0.subject', 'subject')),
  },
  setup: `
1. Open **Event Grid → Event subscriptions → Create**, choose **Web Hook**, and paste {{url}} as the endpoint.
2. With \`verify=query\`, add \`?secret={{secret}}\` to the URL.`,
});
