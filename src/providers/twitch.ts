import { field, first, header } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { anyOf } from '../handshakes/any-of.ts';
import { echoField } from '../handshakes/echo-field.ts';
import { ping } from '../handshakes/ping.ts';
import { finder, keyed } from '../reading/finder.ts';
import { body, inHeader, time } from '../signatures/text/parts.ts';
import { timestamped } from '../signatures/timestamped.ts';

export default defineProvider({
  title: 'Twitch EventSub',
  docs: 'https://dev.twitch.tv/docs/eventsub/handling-webhook-events/',
  secret: 'ours',
  evidence: 'vendor',
  signature: timestamped({
    header: 'twitch-eventsub-message-signature',
    time: { header: 'twitch-eventsub-message-timestamp' },
    prefix: 'sha256=',
    unit: 'iso',
    signed: [inHeader('twitch-eventsub-message-id', 'id'), time, body],
    tolerance: 600,
  }),
  handshake: anyOf(
    echoField({
      field: 'challenge',
      when: ({ headers }) => headers['twitch-eventsub-message-type'] === 'webhook_callback_verification',
      as: 'text',
      signed: true,
    }),
    ping({ when: ({ headers }) => headers['twitch-eventsub-message-type'] === 'revocation' }),
  ),
  eventType: first(header('twitch-eventsub-subscription-type'), field('subscription.type')),
  deliveryId: header('twitch-eventsub-message-id'),
  about: {
    source: field('event.broadcaster_user_name'),
    actor: field('event.user_name'),
    subject: ({ payload }) => keyed('stream', finder(payload)('event.id')),
    state: field('event.type'),
  },
  setup: `
1. Use the API: create an EventSub subscription and paste {{url}} as the URL.
2. Paste {{secret}} as the **secret**, choose the events you want posted, and save.`,
});
