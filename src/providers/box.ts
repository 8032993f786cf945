import { field, header } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { inHeaders } from '../signatures/carriers/in-headers.ts';
import { mac } from '../signatures/mac.ts';
import { boxBodies } from '../signatures/own/box-bodies.ts';

export default defineProvider({
  title: 'Box',
  docs: 'https://developer.box.com/guides/webhooks/v2/signatures-v2/',
  secret: 'theirs',
  evidence: 'vendor',
  signature: mac({
    carrier: inHeaders({ header: ['box-signature-primary', 'box-signature-secondary'], every: true }),
    encoding: 'base64',
    covers: ['body', 'time'],
    signed: boxBodies,
    time: { in: { header: 'box-delivery-timestamp' }, unit: 'iso', tolerance: 600 },
  }),
  eventType: field('trigger'),
  deliveryId: header('box-delivery-id'),
  about: {
    source: field('source.parent.name'),
    actor: field('created_by.name'),
    subject: ({ payload }) => keyed('file', finder(payload)('source.id')),
  },
  setup: `
1. Make a webhook with {{url}} as its address, in **your app → Webhooks** or with the API.
2. Open **Manage signature keys**, generate the keys, and give the primary one to Bellhop, then the secondary one with \`/webhook rotate\`.`,
});
