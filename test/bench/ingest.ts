import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createHmac, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import autocannon from 'autocannon';
import { freePort, startBellhop, untilSaid } from './bellhop.ts';
import type { Row } from './run.ts';
import { median, percentile } from './statistics.ts';

interface Peer {
  readonly name: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly stop: () => Promise<void>;
}

const CONNECTIONS = 50;
const SECONDS = 4;
const ROUNDS = 3;
const RATE = 1_000;
const SECRET = 'It is a secret to the bench';
const BODY = JSON.stringify({
  action: 'opened',
  number: 12,
  repository: { full_name: 'acme/api', html_url: 'https://github.com/acme/api' },
  sender: { login: 'octocat' },
  pull_request: {
    number: 12,
    title: 'Fix the door',
    html_url: 'https://github.com/acme/api/pull/12',
    user: { login: 'octocat' },
    body: 'It squeaks. '.repeat(640),
  },
});

const BYTES = Buffer.from(BODY);

/** Verified and durably stored deliveries, beside Fastify that only reads them and beside another webhook receiver that only checks them. */
export async function measureIngest(): Promise<readonly Row[]> {
  const peers = [await startBare(), await startPeer(), ...(await startWebhook())];
  const rates = new Map<string, number[]>(peers.map(({ name }) => [name, []]));
  const delays = new Map<string, number[]>(peers.map(({ name }) => [name, []]));
  try {
    for (let round = 0; round <= ROUNDS; round++)
      for (const peer of peers) {
        const rate = await flood(peer);
        // The first round only warms up.
        if (round) rates.get(peer.name)?.push(rate);
      }
    for (let round = 0; round <= ROUNDS; round++)
      for (const peer of peers.filter(({ name }) => name !== 'webhook')) {
        const p99 = await pace(peer);
        if (round) delays.get(peer.name)?.push(p99);
      }
  } finally {
    for (const peer of peers) await peer.stop();
  }

  const rate = (name: string) => median(rates.get(name) ?? []);
  const delay = (name: string) => median(delays.get(name) ?? []);
  const figure = (value: number) => Math.round(value).toLocaleString('en');
  const ofBare = rate('bellhop') / rate('bare');
  const ofWebhook = rate('bellhop') / rate('webhook');
  const delayed = delay('bellhop') / delay('bare');
  return [
    {
      what: `verified and stored deliveries, ${Math.round(BODY.length / 1024)} KB GitHub body, ${CONNECTIONS} connections`,
      measured: `${figure(rate('bellhop'))}/s = ${ofBare.toFixed(2)} × bare Fastify (${figure(rate('bare'))}/s)`,
      budget: 'at least 0.5 ×',
      met: ofBare >= 0.5,
    },
    rates.has('webhook')
      ? {
          what: 'the same beside adnanh/webhook checking the same HMAC',
          measured: `${ofWebhook.toFixed(2)} × (${figure(rate('webhook'))}/s)`,
          budget: 'at least 2 ×',
          met: ofWebhook >= 2,
        }
      : { what: 'the same beside adnanh/webhook', measured: 'not installed here', budget: 'at least 2 ×', met: false },
    {
      what: `acknowledgement at ${figure(RATE)} deliveries/s, p99`,
      measured: `${delay('bellhop').toFixed(2)} ms = ${delayed.toFixed(2)} × bare Fastify (${delay('bare').toFixed(2)} ms)`,
      budget: 'under 3 ×',
      met: delayed < 3,
    },
  ];
}

/** As many as it takes. */
async function flood({ name, url, headers }: Peer): Promise<number> {
  const { requests, duration, non2xx, errors } = await autocannon({
    url,
    connections: CONNECTIONS,
    duration: SECONDS,
    requests: [
      {
        method: 'POST',
        body: BODY,
        headers,
        setupRequest: (request) => ({ ...request, headers: { ...request.headers, 'x-github-delivery': randomUUID() } }),
      },
    ],
  });
  if (non2xx || errors) throw new Error(`${name}: ${non2xx} refused, ${errors} failed`);
  return requests.total / duration;
}

/** A steady rate, each delivery timed from when it was meant to be sent: a sender that waits for a slow answer must not hide it. */
async function pace({ name, url, headers }: Peer): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const delays: number[] = [];
  const answers: Promise<void>[] = [];
  const started = performance.now();
  for (let sent = 0; sent < RATE * SECONDS; ) {
    const meant = started + (sent * 1000) / RATE;
    if (performance.now() < meant) {
      await new Promise((resolve) => setTimeout(resolve, 1));
      continue;
    }
    sent++;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    answers.push(promise);
    request(
      url,
      {
        method: 'POST',
        agent,
        headers: { ...headers, 'x-github-delivery': randomUUID(), 'content-length': BYTES.length },
      },
      (response) => {
        if (response.statusCode !== 202) reject(new Error(`${name} answered ${response.statusCode}`));
        response.resume().on('end', () => {
          delays.push(performance.now() - meant);
          resolve();
        });
      },
    )
      .on('error', reject)
      .end(BYTES);
  }
  await Promise.all(answers);
  agent.destroy();
  return percentile(delays, 0.99);
}

async function startBare(): Promise<Peer> {
  const port = await freePort();
  const child = spawn(process.execPath, [join(import.meta.dirname, 'bare.ts'), String(port)], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await untilSaid(child, /ready/);
  return { name: 'bare', url: `http://127.0.0.1:${port}/in/token`, headers: signed(), stop: () => end(child) };
}

async function startPeer(): Promise<Peer> {
  const bellhop = await startBellhop();
  const { url, secret } = await bellhop.endpoint('#ops');
  return { name: 'bellhop', url, headers: signed(secret), stop: bellhop.stop };
}

/** adnanh/webhook with a rule that checks the HMAC and then matches nothing, so that it runs no command. */
async function startWebhook(): Promise<readonly Peer[]> {
  try {
    execFileSync('webhook', ['-version'], { stdio: 'ignore' });
  } catch {
    return [];
  }
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
  await writeFile(
    hooks,
    JSON.stringify([
      {
        id: 'github',
        'execute-command': '/bin/true',
        'trigger-rule': { and: [hmac, never] },
        'trigger-rule-mismatch-http-response-code': 202,
      },
    ]),
  );
  const child = spawn('webhook', ['-hooks', hooks, '-ip', '127.0.0.1', '-port', String(port)], { stdio: 'ignore' });
  const url = `http://127.0.0.1:${port}/hooks/github`;
  while (!(await fetch(url).catch(() => undefined))) await new Promise((resolve) => setTimeout(resolve, 50));
  return [
    {
      name: 'webhook',
      url,
      headers: signed(),
      async stop() {
        await end(child);
        await rm(folder, { recursive: true, force: true });
      },
    },
  ];
}

function signed(secret = SECRET): Record<string, string> {
  const signature = createHmac('sha256', secret).update(BODY).digest('hex');
  return {
    'content-type': 'application/json',
    'x-github-event': 'pull_request',
    'x-hub-signature-256': `sha256=${signature}`,
  };
}

async function end(child: ChildProcess): Promise<void> {
  child.kill('SIGTERM');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}
