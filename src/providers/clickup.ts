import { joined } from '../core/delivery/joined.ts';
import { field, textAt } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { hmac } from '../signatures/hmac.ts';

export default defineProvider({
  title: 'ClickUp',
  docs: 'https://developer.clickup.com/docs/webhooks',
  secret: 'theirs',
  evidence: 'vendor',
  signature: hmac({ header: 'x-signature' }),
  eventType: field('event'),
  deliveryId: ({ payload }) => joined('/', textAt(payload, 'webhook_id'), textAt(payload, 'history_items.0.id')),
  about: {
    actor: field('history_items.0.user.username'),
    subject: ({ payload }) => keyed('task', finder(payload)('task_id')),
    state: field('history_items.0.after.status'),
  },
  setup: `
1. Use the API: create a webhook, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **secret**, and give it to Bellhop.`,
});
