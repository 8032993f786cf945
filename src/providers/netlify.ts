import { field, first, header } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { hashesBody } from '../signatures/claims.ts';
import { jwt } from '../signatures/jwt.ts';
import { wholeBody } from '../signatures/signed-bytes.ts';

export default defineProvider({
  title: 'Netlify',
  docs: 'https://docs.netlify.com/deploy/deploy-notifications/',
  secret: 'ours',
  evidence: 'vendor',
  signature: jwt({
    header: 'x-webhook-signature',
    algorithms: ['HS256'],
    issuer: 'netlify',
    rules: [hashesBody('sha256', 'hex')],
  }),
  eventType: first(header('x-netlify-event'), field('state')),
  deliveryId: field('id'),
  // It signs the body alone.
  identity: wholeBody,
  about: {
    source: ({ payload }) => finder(payload)('name', 'site_name'),
    actor: field('committer'),
    subject: ({ payload }) => keyed('deploy', finder(payload)('id')),
    state: field('state'),
    url: ({ payload }) => finder(payload)('admin_url', 'deploy_ssl_url'),
  },
  setup: `
1. Open **Project configuration → Notifications → Add notification → HTTP POST request** and paste {{url}} as the URL.
2. Paste {{secret}} as the **JWS secret token**, choose the events you want posted, and save.`,
});
