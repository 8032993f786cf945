import { joined } from '../core/delivery/joined.ts';
import { field, textAt } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { token } from '../signatures/token.ts';

export default defineProvider({
  title: 'Supabase Database Webhooks',
  aliases: ['supabase'],
  docs: 'https://supabase.com/docs/guides/database/webhooks',
  secret: 'ours',
  evidence: 'community',
  signature: token({ header: 'authorization', prefix: 'Bearer ' }),
  eventType: ({ payload }) => joined('.', textAt(payload, 'table'), textAt(payload, 'type')),
  about: {
    source: field('schema'),
    subject: ({ payload }) => keyed('record', finder(payload)('record.id')),
  },
  setup: `
1. Open **Database → Webhooks → Create a new hook** and paste {{url}} as the URL.
2. Add an HTTP header: \`Authorization\` with \`Bearer {{secret}}\`.`,
});
