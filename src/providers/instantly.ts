import { field, first } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder } from '../reading/finder.ts';
import { guessType } from '../reading/read-payload.ts';
import { ownHeader, ownHeaderOption } from '../signatures/token.ts';

export default defineProvider({
  title: 'Instantly',
  aliases: ['servicenow', 'salesforce'],
  docs: 'https://developer.instantly.ai/webhook-events',
  secret: 'ours',
  evidence: 'community',
  options: ownHeaderOption,
  signature: ownHeader,
  eventType: first(field('event_type'), guessType),
  about: {
    source: field('campaign_name'),
    actor: ({ payload }) => finder(payload)('lead_email', 'email'),
  },
  setup: `
1. Open **Integrations → Webhooks** and paste {{url}} as the URL.
2. Add a header there: \`Authorization: Bearer {{secret}}\`. With \`header=…\` the secret stands alone in a header of that name.`,
});
