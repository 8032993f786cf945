import { field, first, header } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { chosen } from '../signatures/chosen.ts';
import { timestamped } from '../signatures/timestamped.ts';
import { token } from '../signatures/token.ts';

export default defineProvider({
  title: 'Buildkite',
  docs: 'https://buildkite.com/docs/apis/webhooks/pipelines',
  secret: 'theirs',
  evidence: 'vendor',
  options: { verify: { description: 'Whether it signs or sends its token', choices: ['signature', 'token'] } },
  signature: chosen((_delivery, { options }) =>
    options.verify === 'token'
      ? token({ header: 'x-buildkite-token' })
      : timestamped({
          header: 'x-buildkite-signature',
          time: { field: 'timestamp', signature: 'signature' },
          separator: '.',
        }),
  ),
  eventType: first(header('x-buildkite-event'), field('event')),
  about: {
    source: ({ payload }) => finder(payload)('pipeline.slug', 'pipeline.name'),
    actor: ({ payload }) => finder(payload)('sender.name', 'build.creator.name'),
    subject: ({ payload }) => keyed('build', finder(payload)('build.id')),
    state: ({ payload }) => finder(payload)('build.state', 'job.state'),
    url: ({ payload }) => finder(payload)('build.web_url', 'job.web_url'),
  },
  setup: `
1. Open **Settings → Notification Services → Add → Webhook**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **Token**, and give it to Bellhop.`,
});
