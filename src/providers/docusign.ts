import { joined } from '../core/delivery/joined.ts';
import { field, textAt } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { numbered } from '../signatures/carriers/in-headers.ts';
import { hmac } from '../signatures/hmac.ts';

export default defineProvider({
  title: 'DocuSign',
  docs: 'https://developers.docusign.com/platform/webhooks/connect/',
  secret: 'theirs',
  evidence: 'vendor',
  signature: hmac({ header: numbered('x-docusign-signature-', 100), every: true, encoding: 'base64' }),
  eventType: field('event'),
  deliveryId: ({ payload }) => joined('/', textAt(payload, 'data.envelopeId'), textAt(payload, 'generatedDateTime')),
  about: {
    source: field('data.accountId'),
    actor: field('data.envelopeSummary.sender.userName'),
    subject: ({ payload }) => keyed('envelope', finder(payload)('data.envelopeId')),
    state: field('data.envelopeSummary.status'),
  },
  setup: `
1. Open **Settings → Connect → Add Configuration**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **HMAC key**, and give it to Bellhop.`,
});
