/** What a provider sends of one thing, as it goes on. */
export interface Delivered {
  readonly headers: Record<string, string>;
  readonly payload: object;
}

const json = (payload: object): Delivered => ({ headers: {}, payload });

/** An incident at PagerDuty. */
export function anIncident(id = 'PGR0VU2') {
  const event = (type: string, status: string, at: string) =>
    json({
      event: {
        id: `${id}-${type}`,
        event_type: `incident.${type}`,
        resource_type: 'incident',
        occurred_at: at,
        agent: { type: 'user_reference', summary: 'Ada' },
        data: {
          id,
          type: 'incident',
          html_url: `https://acme.pagerduty.com/incidents/${id}`,
          title: 'Checkout is down',
          status,
          urgency: 'high',
          service: { summary: 'checkout' },
        },
      },
    });
  return {
    triggered: () => event('triggered', 'triggered', '2026-03-02T14:02:00Z'),
    acknowledged: () => event('acknowledged', 'acknowledged', '2026-03-02T14:05:00Z'),
    resolved: () => event('resolved', 'resolved', '2026-03-02T14:32:00Z'),
  };
}

/** A merge request at GitLab. */
export function aMergeRequest(iid = 7) {
  let minute = 0;
  const event = (action: string, state: string) => {
    minute += 5;
    const at = `2026-03-02T09:${String(minute).padStart(2, '0')}:00Z`;
    return {
      headers: { 'x-gitlab-event': 'Merge Request Hook', 'x-gitlab-event-uuid': `mr-${iid}-${minute}` },
      payload: {
        object_kind: 'merge_request',
        event_type: 'merge_request',
        user: { name: 'Mona', username: 'mona' },
        project: { name: 'api', path_with_namespace: 'acme/api', web_url: 'https://gitlab.example/acme/api' },
        object_attributes: {
          id: 900 + iid,
          iid,
          title: 'Raise left-pad',
          state,
          action,
          url: `https://gitlab.example/acme/api/-/merge_requests/${iid}`,
          source_branch: 'left-pad',
          target_branch: 'main',
          created_at: '2026-03-02T09:00:00Z',
          updated_at: at,
        },
      },
    };
  };
  return {
    opened: () => event('open', 'opened'),
    approved: () => event('approved', 'opened'),
    merged: () => event('merge', 'merged'),
  };
}

/** A pipeline at GitLab. */
export function aPipeline(id = 31) {
  const event = (status: string, finished: string) => ({
    headers: { 'x-gitlab-event': 'Pipeline Hook', 'x-gitlab-event-uuid': `pipeline-${id}-${status}` },
    payload: {
      object_kind: 'pipeline',
      user: { name: 'Mona', username: 'mona' },
      project: { name: 'api', path_with_namespace: 'acme/api', web_url: 'https://gitlab.example/acme/api' },
      object_attributes: {
        id,
        iid: id,
        ref: 'main',
        status,
        detailed_status: status,
        url: `https://gitlab.example/acme/api/-/pipelines/${id}`,
        created_at: '2026-03-02T10:00:00Z',
        finished_at: finished,
        duration: 120,
      },
      commit: { id: 'abc', message: 'Raise left-pad', title: 'Raise left-pad', author: { name: 'Mona' } },
    },
  });
  return {
    failed: () => event('failed', '2026-03-02T10:05:00Z'),
    passed: () => event('success', '2026-03-02T10:15:00Z'),
  };
}

/** A deployment at GitHub. */
export function aDeployment(id = 5) {
  const event = (state: string, at: string) => ({
    headers: { 'x-github-event': 'deployment_status', 'x-github-delivery': `deployment-${id}-${state}` },
    payload: {
      action: 'created',
      deployment: {
        id,
        environment: 'production',
        ref: 'main',
        sha: 'abc',
        task: 'deploy',
        created_at: '2026-03-02T11:00:00Z',
      },
      deployment_status: {
        id: id * 10,
        state,
        environment: 'production',
        created_at: at,
        updated_at: at,
        creator: { login: 'mona' },
      },
      repository: { full_name: 'acme/api', html_url: 'https://github.com/acme/api' },
      sender: { login: 'mona' },
    },
  });
  return {
    running: () => event('in_progress', '2026-03-02T11:01:00Z'),
    succeeded: () => event('success', '2026-03-02T11:07:00Z'),
  };
}
