import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { ownHeader, ownHeaderOption } from '../signatures/token.ts';

export default defineProvider({
  title: 'BigCommerce',
  aliases: ['big-commerce'],
  docs: 'https://developer.bigcommerce.com/docs/integrations/webhooks',
  secret: 'ours',
  evidence: 'community',
  options: ownHeaderOption,
  signature: ownHeader,
  eventType: field('scope'),
  deliveryId: field('hash'),
  about: {
    source: field('producer'),
    subject: ({ payload }) => keyed('object', finder(payload)('data.id')),
  },
  setup: `
1. Use the API: create a webhook with \`headers\` and paste {{url}} as the URL.
2. Add a header there: \`Authorization: Bearer {{secret}}\`. With \`header=…\` the secret stands alone in a header of that name.`,
});
