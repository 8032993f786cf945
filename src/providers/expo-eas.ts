import { field, textAt } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { hmac } from '../signatures/hmac.ts';

export default defineProvider({
  title: 'Expo EAS',
  aliases: ['expo', 'eas'],
  docs: 'https://docs.expo.dev/eas/webhooks/',
  secret: 'ours',
  evidence: 'community',
  signature: hmac({ header: 'expo-signature', prefix: 'sha1=', algorithm: 'sha1' }),
  eventType: ({ payload }) => (textAt(payload, 'archiveUrl') ? 'submission' : 'build'),
  deliveryId: field('id'),
  about: {
    source: field('projectName'),
    actor: field('metadata.username'),
    subject: ({ payload }) => keyed('build', finder(payload)('id')),
    state: field('status'),
    url: ({ payload }) => finder(payload)('buildDetailsPageUrl', 'submissionDetailsPageUrl'),
  },
  setup: `
1. Type \`eas webhook:create --event BUILD --url {{url}} --secret {{secret}}\` in your project, and the same with \`SUBMIT\`.`,
});
