/** What GitHub sends of one pull request, as it goes on. */
export function aPullRequest(number = 12) {
  const repository = { full_name: 'acme/api', html_url: 'https://github.com/acme/api' };
  let moment = Date.parse('2026-03-02T09:00:00Z');
  let deliveries = 0;
  const next = () => {
    moment += 60_000;
    return new Date(moment).toISOString();
  };
  const pull = (parts: object = {}) => ({
    number,
    title: 'Raise left-pad',
    state: 'open',
    merged: false,
    draft: false,
    html_url: `https://github.com/acme/api/pull/${number}`,
    user: { login: 'octocat' },
    head: { ref: 'left-pad', sha: 'abc' },
    base: { ref: 'main' },
    additions: 3,
    deletions: 1,
    changed_files: 1,
    created_at: '2026-03-02T09:00:00Z',
    updated_at: next(),
    ...parts,
  });
  const send = (event: string, payload: object) => ({
    headers: { 'x-github-event': event, 'x-github-delivery': `${number}-${++deliveries}` },
    payload: { number, repository, sender: { login: 'mona' }, ...payload },
  });
  return {
    opened: () => send('pull_request', { action: 'opened', pull_request: pull() }),
    reviewed: (state = 'approved') =>
      send('pull_request_review', {
        action: 'submitted',
        pull_request: pull(),
        review: {
          state,
          body: 'Looks right.',
          user: { login: 'mona' },
          html_url: `https://github.com/acme/api/pull/${number}#r1`,
          submitted_at: next(),
        },
      }),
    commented: (body: string, state = 'open') =>
      send('issue_comment', {
        action: 'created',
        issue: {
          number,
          title: 'Raise left-pad',
          state,
          html_url: `https://github.com/acme/api/pull/${number}`,
          pull_request: { html_url: `https://github.com/acme/api/pull/${number}` },
          user: { login: 'octocat' },
        },
        comment: {
          body,
          user: { login: 'mona' },
          html_url: `https://github.com/acme/api/pull/${number}#c1`,
          created_at: next(),
          updated_at: next(),
        },
      }),
    merged: () =>
      send('pull_request', {
        action: 'closed',
        pull_request: pull({ state: 'closed', merged: true, merged_at: next(), closed_at: next() }),
      }),
    reopened: () => send('pull_request', { action: 'reopened', pull_request: pull() }),
  };
}
