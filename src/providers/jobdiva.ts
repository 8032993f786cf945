import { joined } from '../core/delivery/joined.ts';
import { textAt } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { hmac } from '../signatures/hmac.ts';

export default defineProvider({
  title: 'JobDiva',
  docs: 'https://www.jobdiva.com',
  secret: 'theirs',
  evidence: 'community',
  signature: hmac({ header: 'x-hub-signature', prefix: 'sha1=', algorithm: 'sha1' }),
  eventType: ({ payload }) => joined('.', textAt(payload, 'type'), textAt(payload, 'operation')),
  about: {},
  setup: `
1. In JobDiva, go to the webhook settings of the API, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **secret**, and give it to Bellhop.`,
});
