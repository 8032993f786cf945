import { field, first, textAt } from '../core/delivery/readers.ts';
import { plainAnswer } from '../core/provider/handshake.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { echoField } from '../handshakes/echo-field.ts';
import { finder, keyed } from '../reading/finder.ts';
import { body, time } from '../signatures/text/parts.ts';
import { timestamped } from '../signatures/timestamped.ts';

export default defineProvider({
  title: 'Slack',
  docs: 'https://docs.slack.dev/apis/events-api/',
  secret: 'theirs',
  evidence: 'vendor',
  signature: timestamped({
    header: 'x-slack-signature',
    time: { header: 'x-slack-request-timestamp' },
    prefix: 'v0=',
    signed: ['v0:', time, ':', body],
  }),
  handshake: echoField({
    field: 'challenge',
    when: ({ payload }) => textAt(payload, 'type') === 'url_verification',
    as: 'text',
    signed: true,
  }),
  answers: { taken: () => plainAnswer('') },
  eventType: ({ payload }) =>
    textAt(payload, 'event.type') ?? (textAt(payload, 'command') ? 'command' : textAt(payload, 'type')),
  deliveryId: first(field('event_id'), field('trigger_id')),
  about: {
    source: ({ payload }) => finder(payload)('event.channel', 'channel.name', 'channel_name', 'team_domain'),
    actor: ({ payload }) => finder(payload)('event.user', 'user.username', 'user_name'),
    subject: ({ payload }) => keyed('message', finder(payload)('event.ts')),
  },
  setup: `
1. Open **your app → Basic Information**, copy the **Signing Secret**, and give it to Bellhop: Slack signs its first question too.
2. Open **Event Subscriptions**, paste {{url}} as **Request URL**, and choose the events you want posted.`,
});
