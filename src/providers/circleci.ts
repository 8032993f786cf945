import { field, first, header } from '../core/delivery/readers.ts';
import { type Severity, severityOf } from '../core/message/severity.ts';
import type { Happening } from '../core/provider/happening.ts';
import { defineProvider, type Incoming } from '../core/provider/provider.ts';
import { toMoment } from '../core/text/moment.ts';
import { finder, keyed, labelled } from '../reading/finder.ts';
import { guessAbout } from '../reading/guess-about.ts';
import { hmac } from '../signatures/hmac.ts';
import { took } from './shared/took.ts';

/** Seconds for which a workflow may go on after its first job has ended. */
const WORKFLOW_GOES_ON = 6 * 3_600;

// https://circleci.com/docs/webhooks-reference/
export default defineProvider({
  title: 'CircleCI',
  aliases: ['circle-ci'],
  docs: 'https://circleci.com/docs/webhooks/',
  secret: 'ours',
  evidence: 'vendor',
  sample: 'workflow-completed',
  signature: hmac({ header: 'circleci-signature', prefix: 'v1=', list: true }),
  eventType: first(field('type'), header('circleci-event-type')),
  deliveryId: field('id'),
  about: {
    title: ({ payload, type }) =>
      finder(payload)('job.name', 'workflow.name', 'webhook.name') ?? guessAbout(payload, type).title,
    url: field('workflow.url'),
    source: ({ payload }) => {
      const find = finder(payload);
      const [organization, project] = [find('organization.name'), find('project.name')];
      return organization && project ? `${organization}/${project}` : (project ?? find('project.slug'));
    },
    actor: ({ payload }) =>
      finder(payload)(
        'pipeline.vcs.commit.author.name',
        'pipeline.trigger_parameters.gitlab.commit_author_name',
        'pipeline.trigger_parameters.github_app.commit_author_name',
        'pipeline.trigger_parameters.gitlab.user_name',
        'pipeline.trigger_parameters.github_app.user_username',
      ),
    subject: ({ payload }) => keyed('workflow', finder(payload)('workflow.id')),
    state: ({ payload }) => finder(payload)('job.status', 'workflow.status'),
    severity: severityFor,
    occurredAt: ({ payload }) =>
      toMoment(finder(payload)('job.stopped_at', 'workflow.stopped_at')) ?? toMoment(finder(payload)('happened_at')),
    part({ payload }) {
      const find = finder(payload);
      const [name, state] = [find('job.name'), find('job.status')];
      return name
        ? { name, ...(state && { state }), ...took(find('job.started_at'), find('job.stopped_at')) }
        : undefined;
    },
    labels: ({ payload }) => {
      const find = finder(payload);
      return labelled({
        workflow: find('workflow.name'),
        job: find('job.name'),
        branch: find('pipeline.vcs.branch', 'pipeline.trigger_parameters.git.branch'),
        tag: find('pipeline.vcs.tag', 'pipeline.trigger_parameters.git.tag'),
      });
    },
  },
  happening,
  setup: `
1. Open **Project Settings → Webhooks → Add Webhook**, name it and paste {{url}} as **Receiver URL**.
2. Paste {{secret}} as **Secret token** and keep **Certificate verification** on.
3. Choose **Workflow Completed**, or **Job Completed** for a message on each job, and save. With both, a workflow is posted once.`,
});

function severityFor({ payload }: Incoming): Severity {
  const state = finder(payload)('job.status', 'workflow.status');
  return state === 'unauthorized' ? 'warning' : (severityOf(state) ?? 'info');
}

/** A workflow is sent when it ends, and so is each of its jobs. */
function happening({ payload }: Incoming): Happening | undefined {
  const find = finder(payload);
  const [workflow, job] = [find('workflow.id'), find('job.id')];
  if (!workflow) return undefined;
  const verdict = find('job.status', 'workflow.status') ?? 'unknown';
  return {
    keys: [`workflow ${workflow}`],
    fact: job ? `${job} ${verdict}` : verdict,
    ...(job && { better: ['workflow-completed'] }),
    within: WORKFLOW_GOES_ON,
  };
}
