import type { Delivered } from '../../chats/courses.ts';

const at = (minute: number) => `2026-03-02T10:${String(minute).padStart(2, '0')}:00Z`;
const repository = { name: 'api', full_name: 'acme/api', html_url: 'https://github.com/acme/api' };

/** A run of GitHub Actions with its jobs. */
export function aRun(id = 41) {
  const event = (type: string, payload: object): Delivered => ({
    headers: { 'x-github-event': type, 'x-github-delivery': crypto.randomUUID() },
    payload: { ...payload, repository, sender: { login: 'mona' } },
  });
  return {
    run: (status: string, { conclusion = null as string | null, minute = 0 } = {}) =>
      event('workflow_run', {
        action: status === 'queued' ? 'requested' : status,
        workflow_run: {
          id,
          name: 'CI',
          status,
          conclusion,
          run_attempt: 1,
          head_branch: 'main',
          head_sha: 'b123456789',
          html_url: `https://github.com/acme/api/actions/runs/${id}`,
          run_started_at: at(0),
          created_at: at(0),
          updated_at: at(minute),
        },
      }),
    job: (name: string, status: string, { conclusion = null as string | null, from = 1, to = 0 } = {}) =>
      event('workflow_job', {
        action: status,
        workflow_job: {
          id: [...name].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), id),
          run_id: id,
          workflow_name: 'CI',
          name,
          status,
          conclusion,
          run_attempt: 1,
          head_branch: 'main',
          head_sha: 'b123456789',
          html_url: `https://github.com/acme/api/actions/runs/${id}/job/1`,
          started_at: at(from),
          completed_at: to ? at(to) : null,
        },
      }),
  };
}

/** A workflow of CircleCI with its jobs. */
export function aWorkflow(id = '9d7c') {
  const workflow = { id, name: 'build-and-test', url: `https://app.circleci.com/pipelines/workflows/${id}` };
  const shared = {
    project: { name: 'api', slug: 'github/acme/api' },
    pipeline: { number: 12, vcs: { branch: 'main', commit: { subject: 'Raise left-pad', author: { name: 'Mona' } } } },
  };
  const event = (type: string, minute: number, payload: object): Delivered => ({
    headers: { 'circleci-event-type': type },
    payload: { type, id: crypto.randomUUID(), happened_at: at(minute), ...shared, ...payload },
  });
  return {
    job: (name: string, status: string, { from = 0, to = 1 } = {}) =>
      event('job-completed', to, {
        workflow,
        job: { id: `job-${name}`, number: 1, name, status, started_at: at(from), stopped_at: at(to) },
      }),
    ended: (status: string, minute: number) =>
      event('workflow-completed', minute, {
        workflow: { ...workflow, status, created_at: at(0), stopped_at: at(minute) },
      }),
  };
}
