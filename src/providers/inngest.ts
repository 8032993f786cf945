import { field, first } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { guessType } from '../reading/read-payload.ts';
import { asTextWithout } from '../signatures/keys/secret-keys.ts';
import { body, time } from '../signatures/text/parts.ts';
import { timestamped } from '../signatures/timestamped.ts';

export default defineProvider({
  title: 'Inngest',
  docs: 'https://www.inngest.com/docs/platform/signing-keys',
  secret: 'theirs',
  evidence: 'vendor',
  signature: timestamped({
    header: 'x-inngest-signature',
    time: { field: 't', signature: 's', separator: '&' },
    signed: [body, time],
    key: asTextWithout(/^signkey-\w+-/),
  }),
  eventType: first(field('event.name'), guessType),
  about: {
    subject: ({ payload }) => keyed('run', finder(payload)('ctx.run_id')),
    source: field('ctx.fn_id'),
  },
  setup: `
1. Register {{url}} as the URL of an app.
2. Open **Manage → Signing Key**, copy the **signing key**, and give it to Bellhop.`,
});
