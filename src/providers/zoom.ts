import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { zoomValidation } from '../handshakes/own/zoom-validation.ts';
import { finder, keyed } from '../reading/finder.ts';
import { body, time } from '../signatures/text/parts.ts';
import { timestamped } from '../signatures/timestamped.ts';

export default defineProvider({
  title: 'Zoom',
  docs: 'https://developers.zoom.us/docs/api/webhooks/',
  secret: 'theirs',
  evidence: 'vendor',
  signature: timestamped({
    header: 'x-zm-signature',
    time: { header: 'x-zm-request-timestamp' },
    prefix: 'v0=',
    signed: ['v0:', time, ':', body],
  }),
  handshake: zoomValidation,
  eventType: field('event'),
  about: {
    source: field('payload.account_id'),
    actor: ({ payload }) => finder(payload)('payload.object.participant.user_name', 'payload.operator'),
    subject: ({ payload }) => keyed('meeting', finder(payload)('payload.object.id')),
  },
  setup: `
1. Open **your app → Features → Access**, copy the **Secret Token**, and give it to Bellhop: Zoom asks for it to be used as soon as it knows the URL.
2. Add an event subscription, paste {{url}} as **Event notification endpoint URL**, press **Validate**, and choose the events you want posted.`,
});
