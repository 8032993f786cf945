import { joined } from '../core/delivery/joined.ts';
import { field, first, textAt } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { hmac } from '../signatures/hmac.ts';

export default defineProvider({
  title: 'Heroku',
  docs: 'https://devcenter.heroku.com/articles/app-webhooks',
  secret: 'ours',
  evidence: 'vendor',
  signature: hmac({ header: 'heroku-webhook-hmac-sha256', encoding: 'base64' }),
  eventType: ({ payload }) => joined(':', textAt(payload, 'action'), textAt(payload, 'resource')),
  deliveryId: first(field('webhook_metadata.delivery.id'), field('id')),
  about: {
    source: ({ payload }) => finder(payload)('data.app.name', 'data.name'),
    actor: ({ payload }) => finder(payload)('actor.email', 'data.user.email'),
    subject: ({ payload }) => keyed('release', finder(payload)('data.id')),
    state: field('data.status'),
  },
  setup: `
1. Type \`heroku webhooks:add -i api:release -l notify -u {{url}} -s {{secret}} -a YOUR-APP\`, with the entities you want posted after \`-i\`.`,
});
