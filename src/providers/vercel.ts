import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { hmac } from '../signatures/hmac.ts';

export default defineProvider({
  title: 'Vercel',
  docs: 'https://vercel.com/docs/webhooks',
  secret: 'theirs',
  evidence: 'vendor',
  signature: hmac({ header: 'x-vercel-signature', algorithm: 'sha1' }),
  eventType: field('type'),
  deliveryId: field('id'),
  about: {
    source: ({ payload }) =>
      finder(payload)('payload.project.name', 'payload.name', 'payload.deployment.name', 'payload.project.id'),
    actor: ({ payload }) => finder(payload)('payload.user.username', 'payload.deployment.meta.githubCommitAuthorLogin'),
    subject: ({ payload }) => keyed('deployment', finder(payload)('payload.deployment.id')),
    url: ({ payload }) => finder(payload)('payload.links.deployment', 'payload.deployment.inspectorUrl'),
  },
  setup: `
1. Open **Team Settings → Webhooks → Create Webhook**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **secret**, and give it to Bellhop.`,
});
