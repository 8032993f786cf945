import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort, startBellhop, untilSaid } from './bellhop.ts';
import type { Row } from './run.ts';
import { flood, ID, pace, type Shot } from './sender.ts';
import { median, percentile } from './statistics.ts';

/** Something that takes deliveries, in a process of its own. */
interface Peer {
  readonly shot: Shot;
  readonly stop: () => Promise<void>;
}

const CONNECTIONS = 50;
/** Until what runs often is compiled. */
const WARM_UP = 4;
const SECONDS = 4;
const ROUNDS = 3;
const RATE = 1_000;
const SECRET = 'It is a secret to the bench';
const BODY = Buffer.from(JSON.stringify(aPullRequest()));

/** Verified and durably stored deliveries, beside Fastify that only reads them and beside another webhook receiver. */
export async function measureIngest(): Promise<readonly Row[]> {
  const peers = new Map<string, () => Promise<Peer>>([
    ['bare', startBare],
    ['bellhop', startPeer],
    ...(hasWebhook()
      ? ([
          ['checks', () => startWebhook({ runs: false })],
          ['webhook', () => startWebhook({ runs: true })],
        ] as const)
      : []),
  ]);
  const rates = new Map<string, number[]>([...peers.keys()].map((name) => [name, []]));
  const delays = new Map<string, number[]>([...peers.keys()].map((name) => [name, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, start] of peers) {
      rates.get(name)?.push(
        await alone(start, async (shot) => {
          await flood(shot, { connections: CONNECTIONS, seconds: WARM_UP });
          return flood(shot, { connections: CONNECTIONS, seconds: SECONDS });
        }),
      );
      if (name !== 'bare' && name !== 'bellhop') continue;
      delays.get(name)?.push(
        await alone(start, async (shot) => {
          await pace(shot, { connections: CONNECTIONS, seconds: WARM_UP, rate: RATE });
          return percentile(await pace(shot, { connections: CONNECTIONS, seconds: SECONDS, rate: RATE }), 0.99);
        }),
      );
    }
  }

  const rate = (name: string) => median(rates.get(name) ?? []);
  const delay = (name: string) => median(delays.get(name) ?? []);
  const figure = (value: number) => Math.round(value).toLocaleString('en');
  const ofBare = rate('bellhop') / rate('bare');
  const ofWebhook = rate('bellhop') / rate('webhook');
  const ofChecks = rate('bellhop') / rate('checks');
  const delayed = delay('bellhop') / delay('bare');
  return [
    {
      what: `verified and stored deliveries, ${Math.round(BODY.length / 1024)} KB GitHub body, ${CONNECTIONS} connections`,
      measured: `${figure(rate('bellhop'))}/s = ${ofBare.toFixed(2)} × bare Fastify (${figure(rate('bare'))}/s)`,
      budget: 'at least 0.5 ×',
      met: ofBare >= 0.5,
    },
    ...(hasWebhook()
      ? [
          {
            what: 'the same beside adnanh/webhook, which checks the same HMAC and runs `true`',
            measured: `${ofWebhook.toFixed(2)} × (${figure(rate('webhook'))}/s)`,
            budget: 'at least 2 ×',
            met: ofWebhook >= 2,
          },
          {
            what: 'the same beside adnanh/webhook, which checks the same HMAC and then does nothing',
            measured: `${ofChecks.toFixed(2)} × (${figure(rate('checks'))}/s)`,
            budget: 'at least 2 ×',
            met: ofChecks >= 2,
          },
        ]
      : [
          {
            what: 'the same beside adnanh/webhook',
            measured: 'not installed here',
            budget: 'at least 2 ×',
            met: false,
          },
        ]),
    {
      what: `acknowledgement at ${figure(RATE)} deliveries/s, p99`,
      measured: `${delay('bellhop').toFixed(2)} ms = ${delayed.toFixed(2)} × bare Fastify (${delay('bare').toFixed(2)} ms)`,
      budget: 'under 3 ×',
      met: delayed < 3,
    },
  ];
}

/** Measures a peer while no other runs: what one puts off until later must not slow another down. */
async function alone(start: () => Promise<Peer>, measure: (shot: Shot) => Promise<number>): Promise<number> {
  const { shot, stop } = await start();
  try {
    return await measure(shot);
  } finally {
    await stop();
  }
}

async function startBare(): Promise<Peer> {
  const port = await freePort();
  const child = spawn(process.execPath, [join(import.meta.dirname, 'bare.ts'), String(port)], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await untilSaid(child, /ready/);
  return { shot: { port, path: '/in/token', headers: signed(), body: BODY }, stop: () => end(child) };
}

async function startPeer(): Promise<Peer> {
  const bellhop = await startBellhop();
  const { url, secret } = await bellhop.endpoint('#ops');
  const { port, pathname } = new URL(url);
  return { shot: { port: Number(port), path: pathname, headers: signed(secret), body: BODY }, stop: bellhop.stop };
}

function hasWebhook(): boolean {
  return spawnSync('webhook', ['-version']).status === 0;
}

/** adnanh/webhook with a rule that checks the HMAC. It answers before what it runs is done; where it shall run nothing, a second rule never matches. */
async function startWebhook({ runs }: { readonly runs: boolean }): Promise<Peer> {
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'webhook-bench-'));
  const hooks = join(folder, 'hooks.json');
  const hmac = {
    match: {
      type: 'payload-hmac-sha256',
      secret: SECRET,
      parameter: { source: 'header', name: 'X-Hub-Signature-256' },
    },
  };
  const never = { match: { type: 'value', value: 'never', parameter: { source: 'header', name: 'X-Github-Event' } } };
  const rule = {
    id: 'github',
    'execute-command': '/bin/true',
    'trigger-rule': runs ? hmac : { and: [hmac, never] },
    'success-http-response-code': 202,
    'trigger-rule-mismatch-http-response-code': runs ? 401 : 202,
  };
  await writeFile(hooks, JSON.stringify([rule]));
  const child = spawn('webhook', ['-hooks', hooks, '-ip', '127.0.0.1', '-port', String(port)], { stdio: 'ignore' });
  const path = '/hooks/github';
  while (!(await fetch(`http://127.0.0.1:${port}${path}`).catch(() => undefined))) await sleep(50);
  return {
    shot: { port, path, headers: signed(), body: BODY },
    async stop() {
      await end(child);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function signed(secret = SECRET): Record<string, string> {
  const signature = createHmac('sha256', secret).update(BODY).digest('hex');
  return {
    'content-type': 'application/json',
    'x-github-event': 'pull_request',
    'x-github-delivery': ID,
    'x-hub-signature-256': `sha256=${signature}`,
  };
}

async function end(child: ChildProcess): Promise<void> {
  child.kill('SIGTERM');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

/** As GitHub writes it: the same repository three times, most of it addresses. */
function aPullRequest() {
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
      body: 'It squeaked whenever somebody left.\n\n- oil the hinges\n- a spring that pulls it shut\n- a test that listens\n\nFixes #7.',
    },
  };
}
