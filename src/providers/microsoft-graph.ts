import { randomBytes } from 'node:crypto';
import { joined } from '../core/delivery/joined.ts';
import { field, textAt } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { validationToken } from '../handshakes/own/validation-token.ts';
import { finder, keyed } from '../reading/finder.ts';
import { tokenInPayload } from '../signatures/token-in-payload.ts';

export default defineProvider({
  title: 'Microsoft Graph',
  aliases: ['graph', 'office-365', 'outlook'],
  docs: 'https://learn.microsoft.com/graph/change-notifications-delivery-webhooks',
  secret: 'ours',
  makeSecret: () => randomBytes(32).toString('hex'),
  evidence: 'vendor',
  signature: tokenInPayload({ list: 'value', field: 'clientState' }),
  handshake: validationToken,
  events: 'value.*',
  eventType: ({ payload }) => joined('.', textAt(payload, 'value.0.changeType')),
  deliveryId: field('value.0.id'),
  about: {
    source: field('value.0.resource'),
    subject: ({ payload }) => keyed('resource', finder(payload)('value.0.resource')),
    state: field('value.0.changeType'),
  },
  setup: `
1. Use the API: create a subscription and paste {{url}} as the URL.
2. Paste {{secret}} as the **clientState**, choose the events you want posted, and save.`,
});
