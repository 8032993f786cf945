import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { hmac } from '../signatures/hmac.ts';
import { asBase64 } from '../signatures/keys/secret-keys.ts';

export default defineProvider({
  title: 'Airtable',
  aliases: ['air-table'],
  docs: 'https://airtable.com/developers/web/api/webhooks-overview',
  secret: 'theirs',
  evidence: 'community',
  signature: hmac({ header: 'x-airtable-content-mac', prefix: 'hmac-sha256=', key: asBase64 }),
  eventType: () => 'changed',
  about: {
    source: field('base.id'),
    subject: ({ payload }) => keyed('base', finder(payload)('base.id')),
  },
  setup: `
1. Use the API: create a webhook, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **MAC secret in Base64**, and give it to Bellhop.`,
});
