import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { hmac } from '../signatures/hmac.ts';

export default defineProvider({
  title: 'Cal.com',
  aliases: ['cal'],
  docs: 'https://cal.com/docs/developing/guides/automation/webhooks',
  secret: 'ours',
  evidence: 'vendor',
  signature: hmac({ header: 'x-cal-signature-256' }),
  eventType: field('triggerEvent'),
  about: {
    source: field('payload.type'),
    actor: field('payload.organizer.name'),
    subject: ({ payload }) => keyed('booking', finder(payload)('payload.uid')),
    state: field('payload.status'),
  },
  setup: `
1. Open **Settings → Developer → Webhooks → New** and paste {{url}} as the URL.
2. Paste {{secret}} as the **Secret**, choose the events you want posted, and save.`,
});
