import { field, header } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { clientId } from '../handshakes/own/client-id.ts';
import { finder, keyed } from '../reading/finder.ts';
import { token } from '../signatures/token.ts';

export default defineProvider({
  title: 'Adobe Acrobat Sign',
  aliases: ['acrobat-sign', 'echosign'],
  docs: 'https://developer.adobe.com/acrobat-sign/docs/overview/acrobat_sign_events/',
  secret: 'theirs',
  evidence: 'community',
  signature: token({ header: 'x-adobesign-clientid' }),
  handshake: clientId,
  answers: {
    taken: (delivery) => ({
      status: 200,
      headers: { 'x-adobesign-clientid': header('x-adobesign-clientid')(delivery) ?? '' },
      body: '',
    }),
  },
  eventType: field('event'),
  deliveryId: field('webhookNotificationId'),
  about: {
    actor: field('actingUserEmail'),
    source: field('agreement.name'),
    subject: ({ payload }) => keyed('agreement', finder(payload)('agreement.id')),
    state: field('agreement.status'),
  },
  setup: `
1. Give Bellhop the client id of your application: Acrobat Sign wants to see it in the answer.
2. Open **Account → Acrobat Sign API → Webhooks**, paste {{url}} as the URL, and choose the events you want posted.`,
});
