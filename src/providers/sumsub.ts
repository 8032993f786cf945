import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { chosen } from '../signatures/chosen.ts';
import { hmac } from '../signatures/hmac.ts';

export default defineProvider({
  title: 'Sumsub',
  docs: 'https://docs.sumsub.com/docs/webhook-manager',
  secret: 'ours',
  evidence: 'vendor',
  options: {
    algorithm: { description: 'The algorithm chosen there; `sha256` when left out', choices: ['sha256', 'sha512'] },
  },
  signature: chosen(({ headers }, { options: { algorithm = 'sha256' } }) => {
    const named = headers['x-payload-digest-alg'];
    // What the delivery says of itself never makes the check weaker than the endpoint wants it.
    const agreed = named === undefined || named === `HMAC_${algorithm.toUpperCase()}_HEX`;
    return hmac({
      header: agreed ? 'x-payload-digest' : 'x-payload-digest-alg',
      algorithm: algorithm === 'sha512' ? 'sha512' : 'sha256',
    });
  }),
  eventType: field('type'),
  deliveryId: field('correlationId'),
  about: {
    source: field('levelName'),
    actor: field('externalUserId'),
    subject: ({ payload }) => keyed('applicant', finder(payload)('applicantId')),
    state: field('reviewStatus'),
  },
  setup: `
1. Open **Dev space → Webhooks** and paste {{url}} as the URL.
2. Paste {{secret}} as the **Secret key**, choose the events you want posted, and save.`,
});
