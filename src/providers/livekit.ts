import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { hashesBody } from '../signatures/claims.ts';
import { jwt } from '../signatures/jwt.ts';

export default defineProvider({
  title: 'LiveKit',
  docs: 'https://docs.livekit.io/home/server/webhooks/',
  secret: 'theirs',
  evidence: 'vendor',
  signature: jwt({
    header: ['authorization', 'authorize'],
    algorithms: ['HS256'],
    rules: [hashesBody('sha256', 'base64')],
  }),
  eventType: field('event'),
  deliveryId: field('id'),
  about: {
    source: field('room.name'),
    actor: field('participant.identity'),
    subject: ({ payload }) => keyed('room', finder(payload)('room.sid')),
  },
  setup: `
1. Open **Project → Settings → Webhooks**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **API secret**, and give it to Bellhop.`,
});
