import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { hmac } from '../signatures/hmac.ts';

export default defineProvider({
  title: 'npm hooks',
  aliases: ['npm'],
  docs: 'https://docs.npmjs.com/cli/v10/commands/npm-hook',
  secret: 'ours',
  evidence: 'community',
  signature: hmac({ header: 'x-npm-signature', prefix: 'sha256=' }),
  eventType: field('event'),
  about: {
    source: field('name'),
    actor: ({ payload }) => finder(payload)('sender', 'change.user'),
    subject: ({ payload }) => keyed('package', finder(payload)('name')),
  },
  setup: `
1. Type \`npm hook add YOUR-PACKAGE {{url}} {{secret}}\`.`,
});
