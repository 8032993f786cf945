import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { hashesBody, namesUrl } from '../signatures/claims.ts';
import { jwt } from '../signatures/jwt.ts';

export default defineProvider({
  title: 'Gong',
  docs: 'https://help.gong.io/docs/create-a-webhook-rule',
  secret: 'theirs',
  evidence: 'community',
  signature: jwt({
    header: 'authorization',
    algorithms: ['RS256'],
    rules: [namesUrl('webhook_url'), hashesBody('body_sha256', 'hex')],
  }),
  eventType: () => 'call',
  deliveryId: field('callData.metaData.id'),
  about: {
    source: field('callData.metaData.workspaceId'),
    subject: ({ payload }) => keyed('call', finder(payload)('callData.metaData.id')),
    url: field('callData.metaData.url'),
  },
  setup: `
1. Open **Company settings → Automation → Add rule → Fire webhook**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the public key, in PEM, and give it to Bellhop.`,
});
