import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { ping } from '../handshakes/ping.ts';
import { finder, keyed } from '../reading/finder.ts';
import { unsigned } from '../signatures/unsigned.ts';

export default defineProvider({
  title: 'Grain',
  docs: 'https://developers.grain.com',
  secret: 'none',
  evidence: 'community',
  signature: unsigned(),
  handshake: ping({ unsigned: true, when: ({ body }) => /^\s*\{\s*\}\s*$/.test(body.toString('latin1', 0, 40)) }),
  eventType: field('type'),
  about: {
    subject: ({ payload }) => keyed('recording', finder(payload)('data.id')),
    url: field('data.url'),
  },
  setup: `
1. Open **Settings → Integrations → API** and paste {{url}} as the URL.`,
});
