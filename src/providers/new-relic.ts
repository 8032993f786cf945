import { field, first } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { guessType } from '../reading/read-payload.ts';
import { ownHeader, ownHeaderOption } from '../signatures/token.ts';

export default defineProvider({
  title: 'New Relic',
  aliases: ['newrelic'],
  docs: 'https://docs.newrelic.com/docs/alerts/get-notified/notification-integrations/#webhook',
  secret: 'ours',
  evidence: 'community',
  options: ownHeaderOption,
  signature: ownHeader,
  eventType: first(field('state'), field('current_state'), guessType),
  about: {
    source: ({ payload }) => finder(payload)('accumulations.conditionName.0', 'condition_name', 'policy_name'),
    subject: ({ payload }) => keyed('issue', finder(payload)('id', 'issueId', 'incident_id')),
    state: ({ payload }) => finder(payload)('state', 'current_state'),
    url: ({ payload }) => finder(payload)('issueUrl', 'issuePageUrl', 'incident_url'),
  },
  setup: `
1. Open **Alerts → Destinations → Webhook** and paste {{url}} as the URL.
2. Add a header there: \`Authorization: Bearer {{secret}}\`. With \`header=…\` the secret stands alone in a header of that name.`,
});
