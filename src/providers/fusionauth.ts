import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { hashesBody } from '../signatures/claims.ts';
import { jwt } from '../signatures/jwt.ts';

export default defineProvider({
  title: 'FusionAuth',
  docs: 'https://fusionauth.io/docs/extend/events-and-webhooks/signing',
  secret: ({ instance }) => (instance ? 'none' : 'theirs'),
  evidence: 'community',
  options: { instance: { description: 'The address of your FusionAuth, from which its keys are fetched' } },
  signature: jwt({
    header: 'x-fusionauth-signature-jwt',
    algorithms: ['HS256', 'HS384', 'HS512', 'RS256', 'RS384', 'RS512', 'ES256', 'ES384', 'ES512'],
    rules: [hashesBody('request_body_sha256', 'base64')],
    published({ options: { instance } }) {
      const host = instance && URL.canParse(instance) ? new URL(instance).hostname : undefined;
      return host ? { url: `https://${host}/.well-known/jwks.json`, hosts: [host] } : undefined;
    },
  }),
  eventType: field('event.type'),
  deliveryId: field('event.id'),
  about: {
    source: field('event.tenantId'),
    actor: field('event.user.email'),
    subject: ({ payload }) => keyed('user', finder(payload)('event.user.id')),
  },
  setup: `
1. Open **Settings → Webhooks → Security → Sign events**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the HMAC secret, or the public key in PEM, and give it to Bellhop.`,
});
