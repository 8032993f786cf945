import { joined } from '../core/delivery/joined.ts';
import { header } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { ping } from '../handshakes/ping.ts';
import { keyed } from '../reading/finder.ts';
import { token } from '../signatures/token.ts';

export default defineProvider({
  title: 'Google Calendar and Drive',
  aliases: ['google-calendar', 'google-drive'],
  docs: 'https://developers.google.com/workspace/calendar/api/guides/push',
  secret: 'ours',
  evidence: 'community',
  signature: token({ header: 'x-goog-channel-token' }),
  handshake: ping({ when: ({ headers }) => headers['x-goog-resource-state'] === 'sync' }),
  eventType: header('x-goog-resource-state'),
  deliveryId: (delivery) =>
    joined('/', header('x-goog-channel-id')(delivery), header('x-goog-message-number')(delivery)),
  about: {
    source: header('x-goog-resource-uri'),
    subject: (event) => keyed('channel', header('x-goog-channel-id')(event)),
    state: header('x-goog-resource-state'),
  },
  setup: `
1. Use the API: \`watch\` and paste {{url}} as the URL.
2. Paste {{secret}} as the **token of the channel**, choose the events you want posted, and save.`,
});
