import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { unsigned } from '../signatures/unsigned.ts';

export default defineProvider({
  title: 'Jotform',
  docs: 'https://www.jotform.com/help/245-how-to-setup-a-webhook-with-jotform/',
  secret: 'none',
  evidence: 'community',
  signature: unsigned(),
  eventType: () => 'submission',
  deliveryId: field('submissionID'),
  about: {
    source: ({ payload }) => finder(payload)('formTitle', 'formID'),
    subject: ({ payload }) => keyed('submission', finder(payload)('submissionID')),
  },
  setup: `
1. Open **Settings → Integrations → WebHooks** and paste {{url}} as the URL.`,
});
