import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { echoHeader } from '../handshakes/echo-header.ts';
import { finder, keyed } from '../reading/finder.ts';
import { token } from '../signatures/token.ts';

export default defineProvider({
  title: 'RingCentral',
  aliases: ['ring-central'],
  docs: 'https://developers.ringcentral.com/guide/notifications/webhooks/receiving',
  secret: 'ours',
  evidence: 'community',
  signature: token({ header: 'verification-token' }),
  handshake: echoHeader({ method: 'POST', header: 'validation-token', as: 'header' }),
  eventType: field('event'),
  deliveryId: field('uuid'),
  about: {
    source: field('ownerId'),
    subject: ({ payload }) => keyed('extension', finder(payload)('body.extensionId')),
  },
  setup: `
1. Use the API: create a subscription and paste {{url}} as the URL.
2. Paste {{secret}} as the **verificationToken**, choose the events you want posted, and save.`,
});
