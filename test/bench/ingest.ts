import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort, startBellhop, untilSaid } from './bellhop.ts';
import { aPullRequest } from './pull-request.ts';
import type { Row } from './run.ts';
import { flood, ID, pace, type Shot, SIGNATURE } from './sender.ts';
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
/** Deliveries a second. */
const RATES = [300, 1_000] as const;
const SECRET = 'It is a secret to the bench';
const BODY = Buffer.from(JSON.stringify({ ...aPullRequest(), node_id: ID }));

/** Verified and durably stored deliveries, beside the least that this can cost and beside another webhook receiver. */
export async function measureIngest(): Promise<readonly Row[]> {
  const peers = new Map<string, () => Promise<Peer>>([
    ['floor', startFloor],
    ['bellhop', startPeer],
    ...(hasWebhook() ? ([['webhook', startWebhook]] as const) : []),
  ]);
  const rates = new Map<string, number[]>([...peers.keys()].map((name) => [name, []]));
  const delays = new Map<string, number[]>();
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, start] of peers) {
      rates.get(name)?.push(
        await alone(start, async (shot) => {
          await flood(shot, { connections: CONNECTIONS, seconds: WARM_UP });
          return flood(shot, { connections: CONNECTIONS, seconds: SECONDS });
        }),
      );
    }
    for (const [name, start] of [...peers].slice(0, 2))
      for (const rate of RATES) {
        const key = `${name} at ${rate}`;
        const delay = await alone(start, async (shot) => {
          await pace(shot, { connections: CONNECTIONS, seconds: WARM_UP, rate });
          return percentile(await pace(shot, { connections: CONNECTIONS, seconds: SECONDS, rate }), 0.99);
        });
        delays.set(key, [...(delays.get(key) ?? []), delay]);
      }
  }

  const rateOf = (name: string) => median(rates.get(name) ?? []);
  const delayOf = (name: string, rate: number) => median(delays.get(`${name} at ${rate}`) ?? []);
  const figure = (value: number) => Math.round(value).toLocaleString('en');
  const ofFloor = rateOf('bellhop') / rateOf('floor');
  const ofWebhook = rateOf('bellhop') / rateOf('webhook');
  return [
    {
      what: `verified and stored deliveries, ${Math.round(BODY.length / 1024)} KB GitHub body, ${CONNECTIONS} connections`,
      measured: `${figure(rateOf('bellhop'))}/s = ${ofFloor.toFixed(2)} × the floor (${figure(rateOf('floor'))}/s)`,
      budget: 'at least 1.0 ×',
      met: ofFloor >= 1,
    },
    hasWebhook()
      ? {
          what: 'the same beside adnanh/webhook, which checks the same HMAC and runs `true`',
          measured: `${ofWebhook.toFixed(2)} × (${figure(rateOf('webhook'))}/s)`,
          budget: 'at least 2.5 ×',
          met: ofWebhook >= 2.5,
        }
      : {
          what: 'the same beside adnanh/webhook',
          measured: 'not installed here',
          budget: 'at least 2.5 ×',
          met: false,
        },
    ...RATES.map((rate) => {
      const ratio = delayOf('bellhop', rate) / delayOf('floor', rate);
      return {
        what: `acknowledgement at ${figure(rate)} deliveries/s, p99`,
        measured: `${delayOf('bellhop', rate).toFixed(2)} ms = ${ratio.toFixed(2)} × the floor (${delayOf('floor', rate).toFixed(2)} ms)`,
        budget: 'at most 1 ×',
        met: ratio <= 1,
      };
    }),
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

async function startFloor(): Promise<Peer> {
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'floor-bench-'));
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'floor.ts'), String(port), join(folder, 'floor.db'), SECRET],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  await untilSaid(child, /ready/);
  return {
    shot: { port, path: '/in/token', ...aDelivery() },
    async stop() {
      await end(child);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function startPeer(): Promise<Peer> {
  const bellhop = await startBellhop();
  const { url, secret } = await bellhop.endpoint('#ops');
  const { port, pathname } = new URL(url);
  return { shot: { port: Number(port), path: pathname, ...aDelivery(secret) }, stop: bellhop.stop };
}

function hasWebhook(): boolean {
  return spawnSync('webhook', ['-version']).status === 0;
}

/** adnanh/webhook with a rule that checks the HMAC. It answers before what it runs is done. */
async function startWebhook(): Promise<Peer> {
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'webhook-bench-'));
  const hooks = join(folder, 'hooks.json');
  const rule = {
    id: 'github',
    'execute-command': '/bin/true',
    'trigger-rule': {
      match: {
        type: 'payload-hmac-sha256',
        secret: SECRET,
        parameter: { source: 'header', name: 'X-Hub-Signature-256' },
      },
    },
    'success-http-response-code': 202,
    'trigger-rule-mismatch-http-response-code': 401,
  };
  await writeFile(hooks, JSON.stringify([rule]));
  const child = spawn('webhook', ['-hooks', hooks, '-ip', '127.0.0.1', '-port', String(port)], { stdio: 'ignore' });
  const path = '/hooks/github';
  while (!(await fetch(`http://127.0.0.1:${port}${path}`).catch(() => undefined))) await sleep(50);
  return {
    shot: { port, path, ...aDelivery() },
    async stop() {
      await end(child);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** GitHub signs each body, and no two are equal. */
export function aDelivery(secret = SECRET): Pick<Shot, 'headers' | 'body' | 'sign'> {
  return {
    headers: {
      'content-type': 'application/json',
      'x-github-event': 'pull_request',
      'x-github-delivery': ID,
      'x-hub-signature-256': `sha256=${SIGNATURE}`,
    },
    body: BODY,
    sign: (body) => createHmac('sha256', secret).update(body).digest('hex'),
  };
}

async function end(child: ChildProcess): Promise<void> {
  child.kill('SIGTERM');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}
