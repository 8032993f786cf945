import { field, first } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { guessType } from '../reading/read-payload.ts';
import { ownHeader, ownHeaderOption } from '../signatures/token.ts';

export default defineProvider({
  title: 'Datadog',
  aliases: ['data-dog'],
  docs: 'https://docs.datadoghq.com/integrations/webhooks/',
  secret: 'ours',
  evidence: 'community',
  options: ownHeaderOption,
  signature: ownHeader,
  eventType: first(field('event_type'), field('alert_transition'), guessType),
  about: {
    source: ({ payload }) => finder(payload)('host', 'scope', 'hostname'),
    subject: ({ payload }) => keyed('monitor', finder(payload)('alert_id', 'id')),
    state: ({ payload }) => finder(payload)('alert_transition', 'alert_status'),
    url: ({ payload }) => finder(payload)('link', 'url'),
  },
  setup: `
1. Open **Integrations → Webhooks → New**, name it and paste {{url}} as **URL**.
2. Check **Custom Headers** and paste \`{"Authorization": "Bearer {{secret}}"}\`.
3. Write \`@webhook-NAME\` into the message of the monitors you want posted.`,
});
