import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { jwt } from '../signatures/jwt.ts';

export default defineProvider({
  title: 'Kinde',
  docs: 'https://docs.kinde.com/integrate/webhooks/about-webhooks/',
  secret: ({ issuer }) => (issuer ? 'none' : 'theirs'),
  evidence: 'community',
  options: { issuer: { description: 'The address of your Kinde domain, from which its keys are fetched' } },
  signature: jwt({
    algorithms: ['RS256'],
    published({ options: { issuer } }) {
      const host = issuer && URL.canParse(issuer) ? new URL(issuer).hostname : undefined;
      return host ? { url: `https://${host}/.well-known/jwks`, hosts: [host] } : undefined;
    },
  }),
  eventType: field('type'),
  deliveryId: field('event_id'),
  about: {
    actor: field('data.user.email'),
    subject: ({ payload }) => keyed('user', finder(payload)('data.user.id')),
  },
  setup: `
1. Make the endpoint with \`issuer=https://YOUR-DOMAIN.kinde.com\`, so that the keys of your domain are fetched. Or give Bellhop the public key of your domain in PEM as the secret.
2. Open **Settings → Webhooks → Add webhook**, paste {{url}} as **Endpoint URL** and choose the events you want posted.`,
});
