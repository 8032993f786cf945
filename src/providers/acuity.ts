import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { hmac } from '../signatures/hmac.ts';

export default defineProvider({
  title: 'Acuity Scheduling',
  docs: 'https://developers.acuityscheduling.com/docs/webhooks',
  secret: 'theirs',
  evidence: 'community',
  signature: hmac({ header: 'x-acuity-signature', encoding: 'base64' }),
  eventType: field('action'),
  about: {
    source: field('calendarID'),
    subject: ({ payload }) => keyed('appointment', finder(payload)('id')),
  },
  setup: `
1. Open **Integrations → Webhooks**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **API key**, and give it to Bellhop.`,
});
