import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { basic } from '../signatures/basic.ts';
import { chosen } from '../signatures/chosen.ts';

export default defineProvider({
  title: 'Mixpanel cohort sync',
  aliases: ['mixpanel'],
  docs: 'https://docs.mixpanel.com/docs/cohort-sync/webhooks',
  secret: 'ours',
  evidence: 'community',
  options: { username: { description: 'The user name set there; any when left out' } },
  signature: chosen((_delivery, { options }) => basic(options.username ? { username: options.username } : {})),
  eventType: field('action'),
  about: {
    source: field('parameters.mixpanel_project_id'),
    subject: ({ payload }) => keyed('cohort', finder(payload)('parameters.mixpanel_cohort_id')),
  },
  setup: `
1. Open **Data Management → Integrations → Custom Webhook** and paste {{url}} as the URL.
2. Choose basic authentication, with any user name and {{secret}} as the password.`,
});
