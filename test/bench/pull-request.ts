/** About 900 bytes, as people write them. */
const DESCRIPTION = `It squeaked whenever somebody left, and **stayed open** for the night twice last week.

What changes:

- oil the hinges before the first opening of the day
- a spring that pulls it shut, with
  - a damper, so that nobody is hit
  - a stop for deliveries, see [the manual](https://acme.example/doors/manual)
- a test that listens for squeaks

\`\`\`ts
door.onOpened(() => timer.start({ seconds: 30 }));
timer.onEnded(() => door.close({ gently: true }));
\`\`\`

The spring was chosen after three were tried: the first was too strong, the second broke after some 400 closings, and the
third has lasted \`12,000\` without a sound. It costs a little more, but it needs no power and no attention, and facilities
keep it in stock.

> Please close the door. It is cold.

Fixes #7, and makes #9 easier.`;

/** As GitHub writes it: the same repository three times, most of it addresses. */
export function aPullRequest() {
  const api = 'https://api.github.com/repos/acme/api';
  const links =
    `archive assignees blobs branches collaborators comments commits compare contents contributors deployments
    downloads events forks git_commits git_refs git_tags hooks issue_comment issues keys labels languages merges
    milestones notifications pulls releases stargazers statuses subscribers tags teams trees`.split(/\s+/);
  const repository = {
    id: 186853002,
    full_name: 'acme/api',
    html_url: 'https://github.com/acme/api',
    owner: { login: 'acme', id: 21031067, type: 'Organization', avatar_url: 'https://avatars.example.com/u/21031067' },
    pushed_at: '2026-03-01T11:58:02Z',
    ...Object.fromEntries(links.map((name) => [`${name}_url`, `${api}/${name}{/sha}`])),
  };
  const branch = (ref: string, sha: string) => ({ label: `acme:${ref}`, ref, sha, repo: repository });
  return {
    action: 'opened',
    number: 12,
    sender: { login: 'octocat', id: 583231, type: 'User', html_url: 'https://github.com/octocat' },
    repository,
    pull_request: {
      number: 12,
      title: 'Let the door close by itself',
      html_url: 'https://github.com/acme/api/pull/12',
      user: { login: 'octocat' },
      labels: [{ name: 'bug', color: 'd73a4a' }],
      head: branch('quiet-door', '6dcb09b5b57875f334f61aebed695e2e4193db5e'),
      base: branch('main', 'c3d0be41ecbe669545ee3e94d31ed9a4bc91ee3c'),
      additions: 104,
      deletions: 9,
      changed_files: 5,
      body: DESCRIPTION,
    },
  };
}
