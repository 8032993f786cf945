import { field, first, header } from '../core/delivery/readers.ts';
import { type Severity, severityOf } from '../core/message/severity.ts';
import type { Happening } from '../core/provider/happening.ts';
import { defineProvider, type Incoming } from '../core/provider/provider.ts';
import { toMoment } from '../core/text/moment.ts';
import { type Find, finder, keyed, labelled } from '../reading/finder.ts';
import { guessAbout } from '../reading/guess-about.ts';
import { chosen } from '../signatures/chosen.ts';
import { timestamped } from '../signatures/timestamped.ts';
import { token } from '../signatures/token.ts';
import { took } from './shared/took.ts';

/** Seconds for which a build may go on after its first job has ended. */
const BUILD_GOES_ON = 6 * 3_600;

// https://buildkite.com/docs/apis/webhooks/pipelines
export default defineProvider({
  title: 'Buildkite',
  docs: 'https://buildkite.com/docs/apis/webhooks/pipelines',
  secret: 'theirs',
  evidence: 'vendor',
  sample: 'build.finished',
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
  // The header is not signed; the event in the body is.
  eventType: first(field('event'), header('x-buildkite-event')),
  about: {
    title: ({ payload, type }) =>
      finder(payload)('build.message', 'job.name', 'agent.name') ?? guessAbout(payload, type).title,
    url: ({ payload }) =>
      finder(payload)('job.web_url', 'build.web_url', 'agent.web_url', 'pipeline.web_url', 'organization.web_url'),
    source: ({ payload }) =>
      finder(payload)('pipeline.slug', 'pipeline.name', 'agent.name', 'cluster_token.description', 'organization.slug'),
    // Its `sender` is whoever set the webhook up.
    actor: ({ payload, type }) =>
      finder(payload)(
        ...(type === 'job.activated' ? ['job.unblocked_by.name'] : []),
        'build.creator.name',
        'build.author.name',
      ),
    // Who let a build go on is told apart from how it went.
    subject: ({ payload, type }) => {
      const find = finder(payload);
      return type === 'job.activated'
        ? keyed('job', find('job.id'))
        : (keyed('build', find('build.id')) ?? keyed('agent', find('agent.id', 'agent.name')));
    },
    state: ({ payload, type }) => stateOf(finder(payload), type),
    severity: severityFor,
    occurredAt: ({ payload, type }) => momentOf(finder(payload), type),
    part({ payload, type }) {
      const find = finder(payload);
      const name = find('job.name', 'job.label', 'job.step_key', 'job.id')
        ?.replace(/:[\w+-]+:/g, '')
        .trim();
      const state = stateOf(find, type);
      return name && type !== 'job.activated'
        ? { name, ...(state && { state }), ...took(find('job.started_at'), find('job.finished_at')) }
        : undefined;
    },
    labels: ({ payload }) => {
      const find = finder(payload);
      return labelled({
        branch: find('build.branch'),
        tag: find('build.tag'),
        environment: find('build.meta_data.environment', 'build.env.ENVIRONMENT', 'build.env.DEPLOY_ENV'),
        job: find('job.name'),
      });
    },
  },
  unfinished: ({ type }) =>
    /^(?:build\.(?:scheduled|running)|job\.(?:scheduled|started))$/.test(type) ? 'it has not finished yet' : undefined,
  happening,
  setup: `
1. Open **Settings → Notification Services → Add → Webhook** and paste {{url}} as **Webhook URL**.
2. Under **Token**, choose to send an **X-Buildkite-Signature**, copy the token, and give it to Bellhop.
3. Choose the events you want posted: **build.finished** is enough for results. Choose the pipelines, and save.`,
});

function stateOf(find: Find, type: string): string | undefined {
  const [kind, did] = type.split('.');
  if (kind === 'agent') return did;
  if (type === 'build.failing') return 'failing';
  if (kind === 'job') return find('job.soft_failed') === 'true' ? 'soft_failed' : find('job.state');
  // A build that waits for somebody has passed so far.
  return find('build.blocked') === 'true' && find('build.state') !== 'failed' ? 'blocked' : find('build.state');
}

function severityFor({ payload, type }: Incoming): Severity {
  if (/^agent\.(?:lost|blocked)$|registration_blocked$/.test(type)) return 'warning';
  if (/^agent\.|\.(?:scheduled|running|started|activated|skipped)$/.test(type)) return 'info';
  const state = stateOf(finder(payload), type);
  return state === 'soft_failed' ? 'warning' : (severityOf(state) ?? 'info');
}

function momentOf(find: Find, type: string): string | undefined {
  switch (type) {
    case 'build.finished':
      return toMoment(find('build.finished_at'));
    case 'build.running':
      return toMoment(find('build.started_at'));
    case 'build.scheduled':
      return toMoment(find('build.created_at', 'build.scheduled_at'));
    case 'job.finished':
      return toMoment(find('job.finished_at'));
    case 'job.started':
      return toMoment(find('job.started_at'));
    case 'job.activated':
      return toMoment(find('job.unblocked_at'));
    case 'agent.lost':
      return toMoment(find('agent.lost_at'));
    default:
      return undefined;
  }
}

/** A build is sent when it ends, and so is each of its jobs. That somebody let it go on is said by a job alone. */
function happening({ payload, type }: Incoming): Happening | undefined {
  const find = finder(payload);
  const build = find('build.id');
  if (!build || !/^(?:build|job)\./.test(type) || type === 'job.activated') return undefined;
  const fact = [find('job.id'), type, stateOf(find, type)].filter(Boolean).join(' ');
  const better = type.startsWith('job.') ? ['build.finished'] : [];
  return { keys: [`build ${build}`], fact, better, within: BUILD_GOES_ON };
}
