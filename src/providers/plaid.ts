import { joined } from '../core/delivery/joined.ts';
import { field, textAt } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { plaid } from '../signatures/published/plaid.ts';

export default defineProvider({
  title: 'Plaid',
  docs: 'https://plaid.com/docs/api/webhooks/',
  secret: 'theirs',
  evidence: 'community',
  options: {
    environment: {
      description: 'Which of its two worlds; `production` when left out',
      choices: ['production', 'sandbox'],
    },
  },
  signature: plaid,
  eventType: ({ payload }) => joined('.', textAt(payload, 'webhook_type'), textAt(payload, 'webhook_code')),
  about: {
    source: field('item_id'),
    subject: ({ payload }) => keyed('item', finder(payload)('item_id')),
    state: field('webhook_code'),
  },
  setup: `
1. Give {{url}} as \`webhook\` when you make a link token, or under **Dashboard → Developers → Webhooks**.
2. Plaid gives out its keys only to its customers: copy the client id and the secret of the API under **Developers → Keys**, and give them to Bellhop: \`secret=CLIENT-ID:SECRET\`.`,
});
