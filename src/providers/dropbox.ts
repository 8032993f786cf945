import { defineProvider } from '../core/provider/provider.ts';
import { echoQuery } from '../handshakes/echo-query.ts';
import { hmac } from '../signatures/hmac.ts';

export default defineProvider({
  title: 'Dropbox',
  docs: 'https://www.dropbox.com/developers/reference/webhooks',
  secret: 'theirs',
  evidence: 'vendor',
  signature: hmac({ header: 'x-dropbox-signature' }),
  handshake: echoQuery('challenge'),
  eventType: () => 'list_folder',
  about: {},
  setup: `
1. Open **App Console → your app → Webhooks**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **App secret**, and give it to Bellhop.`,
});
