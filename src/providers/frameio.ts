import { field } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { body, time } from '../signatures/text/parts.ts';
import { timestamped } from '../signatures/timestamped.ts';

export default defineProvider({
  title: 'Frame.io',
  aliases: ['frame-io'],
  docs: 'https://developer.adobe.com/frameio/guides/Webhooks/',
  secret: 'theirs',
  evidence: 'vendor',
  signature: timestamped({
    header: 'x-frameio-signature',
    time: { header: 'x-frameio-request-timestamp' },
    prefix: 'v0=',
    signed: ['v0:', time, ':', body],
  }),
  eventType: field('type'),
  about: {
    source: ({ payload }) => finder(payload)('project.id', 'workspace.id'),
    actor: field('user.id'),
    subject: ({ payload }) => keyed('asset', finder(payload)('resource.id')),
  },
  setup: `
1. Open **Developer site → Webhooks**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **signing key**, and give it to Bellhop.`,
});
