import { field, first, header } from '../core/delivery/readers.ts';
import { defineProvider } from '../core/provider/provider.ts';
import { finder, keyed } from '../reading/finder.ts';
import { hmac } from '../signatures/hmac.ts';
import { took } from './shared/took.ts';

/** Seconds for which a workflow may go on after its first job has ended. */
const WORKFLOW_GOES_ON = 6 * 3_600;

export default defineProvider({
  title: 'CircleCI',
  docs: 'https://circleci.com/docs/webhooks/',
  secret: 'ours',
  evidence: 'vendor',
  signature: hmac({ header: 'circleci-signature', prefix: 'v1=', list: true }),
  eventType: first(header('circleci-event-type'), field('type')),
  deliveryId: field('id'),
  about: {
    source: ({ payload }) => finder(payload)('project.slug', 'project.name'),
    actor: field('pipeline.vcs.commit.author.name'),
    subject: ({ payload }) => keyed('workflow', finder(payload)('workflow.id')),
    state: ({ payload }) => finder(payload)('job.status', 'workflow.status'),
    occurredAt: field('happened_at'),
    url: field('workflow.url'),
    part({ payload }) {
      const find = finder(payload);
      const [name, state] = [find('job.name'), find('job.status')];
      return name
        ? { name, ...(state && { state }), ...took(find('job.started_at'), find('job.stopped_at')) }
        : undefined;
    },
  },
  happening({ payload, type }) {
    const find = finder(payload);
    const workflow = find('workflow.id');
    if (!workflow) return undefined;
    const job = find('job.id');
    const fact = [job, find('job.status', 'workflow.status')].filter(Boolean).join(' ');
    const better = job && type !== 'workflow-completed' ? ['workflow-completed'] : [];
    return { keys: [`workflow ${workflow}`], fact, better, within: WORKFLOW_GOES_ON };
  },
  setup: `
1. Open **Project Settings → Webhooks → Add Webhook** and paste {{url}} as the URL.
2. Paste {{secret}} as the **Secret token**, choose the events you want posted, and save.`,
});
