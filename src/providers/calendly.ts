import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { timestamped } from '../signatures/timestamped.ts';

export default defineProvider({
  title: 'Calendly',
  docs: 'https://developer.calendly.com/api-docs/ZG9jOjM2MzE2MDM4-webhook-signatures',
  secret: 'ours',
  evidence: 'vendor',
  signature: timestamped({
    header: 'calendly-webhook-signature',
    time: { field: 't', signature: 'v1' },
    separator: '.',
    tolerance: 180,
  }),
  eventType: field('event'),
  about: {
    source: field('payload.scheduled_event.name'),
    actor: field('payload.name'),
    subject: ({ payload }) => keyed('booking', finder(payload)('payload.uri')),
    state: field('payload.status'),
    url: field('payload.reschedule_url'),
  },
  setup: `
1. Use the API: create a webhook subscription with a \`signing_key\` and paste {{url}} as the URL.
2. Paste {{secret}} as the **signing_key**, choose the events you want posted, and save.`,
});
