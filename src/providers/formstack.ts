import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { hmac } from '../signatures/hmac.ts';

export default defineProvider({
  title: 'Formstack',
  docs: 'https://help.formstack.com/hc/en-us/articles/360019519252-Webhooks',
  secret: 'ours',
  evidence: 'community',
  signature: hmac({ header: 'x-fs-signature', prefix: 'sha256=' }),
  eventType: () => 'submission',
  deliveryId: field('UniqueID'),
  about: {
    source: field('FormID'),
    subject: ({ payload }) => keyed('submission', finder(payload)('UniqueID')),
  },
  setup: `
1. Open **your form → Settings → Emails & Actions → WebHook** and paste {{url}} as the URL.
2. Paste {{secret}} as the **HMAC key**, choose the events you want posted, and save.`,
});
