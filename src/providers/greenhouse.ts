import { field, header } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { hmac } from '../signatures/hmac.ts';
import { signedBytes } from '../signatures/signed-bytes.ts';

export default defineProvider({
  title: 'Greenhouse',
  docs: 'https://developers.greenhouse.io/webhooks.html',
  secret: 'ours',
  evidence: 'community',
  signature: hmac({ header: 'signature', prefix: 'sha256 ' }),
  eventType: field('action'),
  deliveryId: header('greenhouse-event-id'),
  // It signs the body alone.
  identity: signedBytes('signature'),
  about: {
    source: ({ payload }) => finder(payload)('payload.application.jobs.0.name', 'payload.job.name'),
    subject: ({ payload }) => keyed('application', finder(payload)('payload.application.id')),
    state: field('payload.application.status'),
  },
  setup: `
1. Open **Configure → Dev Center → Web Hooks** and paste {{url}} as the URL.
2. Paste {{secret}} as the **Secret key**, choose the events you want posted, and save.`,
});
