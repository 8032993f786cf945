import { field, header } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { hmac } from '../signatures/hmac.ts';
import { unzipped } from '../signatures/own/unzipped.ts';
import { signedBytes } from '../signatures/signed-bytes.ts';

export default defineProvider({
  title: 'Stream',
  aliases: ['stream'],
  docs: 'https://getstream.io/chat/docs/node/webhooks_overview/',
  secret: 'theirs',
  evidence: 'vendor',
  signature: hmac({ header: 'x-signature', content: unzipped }),
  eventType: field('type'),
  deliveryId: header('x-webhook-id'),
  // It signs the body alone.
  identity: signedBytes('x-signature'),
  about: {
    source: field('channel_type'),
    actor: ({ payload }) => finder(payload)('user.name', 'user.id'),
    subject: ({ payload }) => keyed('channel', finder(payload)('cid')),
  },
  setup: `
1. Open **Dashboard → your app → Webhooks**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **API secret**, and give it to Bellhop.`,
});
