import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { hmac } from '../signatures/hmac.ts';

export default defineProvider({
  title: 'Pusher Channels',
  docs: 'https://pusher.com/docs/channels/server_api/webhooks/',
  secret: 'theirs',
  evidence: 'vendor',
  signature: hmac({ header: 'x-pusher-signature' }),
  events: 'events.*',
  eventType: field('events.0.name'),
  about: {
    source: field('events.0.channel'),
    actor: field('events.0.user_id'),
  },
  setup: `
1. Open **your app → Webhooks**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **secret of the app key**, and give it to Bellhop.`,
});
