import { joined } from '../core/delivery/joined.ts';
import { field, first, header } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { webhookOrigin } from '../handshakes/webhook-origin.ts';
import { keyed } from '../reading/finder.ts';
import { chosen } from '../signatures/chosen.ts';
import { token } from '../signatures/token.ts';
import { tokenInQuery } from '../signatures/token-in-payload.ts';

const id = first(header('ce-id'), field('id'), field('0.id'));
const source = first(header('ce-source'), field('source'), field('0.source'));
const subject = first(header('ce-subject'), field('subject'), field('0.subject'));

export default defineProvider({
  title: 'CloudEvents',
  aliases: ['cloud-events'],
  docs: 'https://github.com/cloudevents/spec/blob/main/cloudevents/http-webhook.md',
  secret: 'ours',
  evidence: 'vendor',
  signature: chosen(({ query }) =>
    Object.hasOwn(query, 'access_token')
      ? tokenInQuery('access_token')
      : token({ header: 'authorization', prefix: 'Bearer ' }),
  ),
  handshake: webhookOrigin,
  events: '*',
  eventType: first(header('ce-type'), field('type'), field('0.type')),
  deliveryId: (delivery) => joined(' ', id(delivery), source(delivery)),
  about: {
    source,
    subject: (event) => keyed('subject', subject(event)),
  },
  setup: `
1. Let the sender deliver to {{url}}.
2. Let it send \`Authorization: Bearer {{secret}}\`, or add \`?access_token={{secret}}\` to the URL.`,
});
