import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { echoHeader } from '../handshakes/echo-header.ts';
import { finder, keyed } from '../reading/finder.ts';
import { timestamped } from '../signatures/timestamped.ts';

export default defineProvider({
  title: 'Front',
  docs: 'https://dev.frontapp.com/docs/webhooks-1',
  secret: 'theirs',
  evidence: 'community',
  signature: timestamped({
    header: 'x-front-signature',
    time: { header: 'x-front-request-timestamp' },
    unit: 'milliseconds',
    separator: ':',
    encoding: 'base64',
  }),
  handshake: echoHeader({ method: 'POST', header: 'x-front-challenge', as: 'body' }),
  eventType: field('type'),
  about: {
    source: field('payload.source.data.0.name'),
    actor: ({ payload }) => finder(payload)('payload.target.data.author.email', 'payload.source.data.email'),
    subject: ({ payload }) => keyed('conversation', finder(payload)('payload.conversation.id')),
    state: field('payload.conversation.status'),
  },
  setup: `
1. Open **Settings → Developers → your app → Features → Webhooks**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **signing key**, and give it to Bellhop.`,
});
