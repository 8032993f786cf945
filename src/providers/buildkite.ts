import { field, first, header } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { chosen } from '../signatures/chosen.ts';
import { timestamped } from '../signatures/timestamped.ts';
import { token } from '../signatures/token.ts';
import { took } from './shared/took.ts';

/** Seconds for which a build may go on after its first job has ended. */
const BUILD_GOES_ON = 6 * 3_600;

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
    part({ payload }) {
      const find = finder(payload);
      const [name, state] = [find('job.name', 'job.id'), find('job.state')];
      return name
        ? { name, ...(state && { state }), ...took(find('job.started_at'), find('job.finished_at')) }
        : undefined;
    },
  },
  happening({ payload, type }) {
    const find = finder(payload);
    const build = find('build.id');
    if (!build || !/^(?:build|job)\./.test(type)) return undefined;
    const fact = [find('job.id'), find('job.state', 'build.state')].filter(Boolean).join(' ');
    const better = type.startsWith('job.') ? ['build.finished'] : [];
    return { keys: [`build ${build}`], fact, better, within: BUILD_GOES_ON };
  },
  setup: `
1. Open **Settings → Notification Services → Add → Webhook**, paste {{url}} as the URL, and choose the events you want posted.
2. Copy the **Token**, and give it to Bellhop.`,
});
