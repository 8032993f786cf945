import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { basic } from '../signatures/basic.ts';
import { chosen } from '../signatures/chosen.ts';

export default defineProvider({
  title: 'Chargebee',
  docs: 'https://apidocs.chargebee.com/docs/api/webhooks',
  secret: 'ours',
  evidence: 'vendor',
  options: { username: { description: 'The user name set there; any when left out' } },
  signature: chosen((_delivery, { options }) => basic(options.username ? { username: options.username } : {})),
  eventType: field('event_type'),
  deliveryId: field('id'),
  about: {
    source: field('source'),
    actor: ({ payload }) => finder(payload)('content.customer.email', 'user'),
    subject: ({ payload }) => keyed('subscription', finder(payload)('content.subscription.id', 'content.customer.id')),
    // https://apidocs.chargebee.com/docs/api/events: of two events the one with the larger version is the later.
    sequence: ({ payload }) =>
      finder(payload)('content.subscription.resource_version', 'content.customer.resource_version'),
    state: field('content.subscription.status'),
  },
  setup: `
1. Open **Settings → Configure Chargebee → Webhooks** and paste {{url}} as the URL.
2. Choose basic authentication, with any user name and {{secret}} as the password.`,
});
