import { spawn } from 'node:child_process';
import { createHmac, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { discordEnvironment, slackEnvironment } from '../chats/places.ts';
import { startDiscord } from '../doubles/discord/double.ts';
import { startSlack } from '../doubles/slack/double.ts';
import { startBellhop } from './bellhop.ts';
import type { Row } from './run.ts';
import { median, percentile } from './statistics.ts';

const AT_ONCE = 50;
const ROUNDS = 20;
/** Rounds that only warm up. */
const FIRST = 3;
/** Each has a lane of its own, idle when its delivery comes. */
const CHANNELS = 40;
const STARTS = 5;
const SETTLE = 4_000;
/** Milliseconds between deliveries, in which even Discord's budget for all channels is whole again. */
const PAUSE = 100;
const BODY = JSON.stringify({
  ref: 'refs/heads/main',
  repository: { full_name: 'acme/api', html_url: 'https://github.com/acme/api' },
  sender: { login: 'octocat' },
  commits: [{ id: 'b123456789', message: 'Fix the door', author: { name: 'octocat', username: 'octocat' } }],
});
const ROOMY = { messages: { limit: 1_000, milliseconds: 1_000 }, globalPerSecond: 100_000 };

/** What people in chat feel, with Slack and Discord on this machine in another process than Bellhop; and what idling costs. */
export async function measureChats(): Promise<readonly Row[]> {
  const [slack, discord] = [await startSlack(), await startDiscord({ limits: ROOMY })];
  const [inSlack, inDiscord] = [slackEnvironment(slack), discordEnvironment(discord)];
  try {
    await compileAll({ ...inSlack, ...inDiscord });
    const idle = [
      await measureIdle('no platform', { environment: {}, platforms: [], budget: 130 }),
      await measureIdle('Slack', { environment: inSlack, platforms: ['slack'], budget: 155 }),
      await measureIdle('Slack and Discord', {
        environment: { ...inSlack, ...inDiscord },
        platforms: ['slack', 'discord'],
        budget: 170,
      }),
    ];
    const bellhop = await startBellhop({ ...inSlack, ...inDiscord });
    try {
      await bellhop.connected('slack', 'discord');
      await sleep(SETTLE);
      const names = Array.from({ length: CHANNELS }, (_, index) => `lane-${index}`);
      for (const name of names) {
        slack.workspace.addChannel(name);
        discord.addChannel(name);
      }
      const deliver = (platform: string, posted: () => number) =>
        timeDeliveries(names, {
          posted,
          make: (name) => bellhop.endpoint(`${platform}:#${name}`),
        });
      return [
        acknowledgement('Slack', await timeCommands(() => slack.type('/webhook mutes'))),
        acknowledgement('Discord', await timeCommands(() => discord.type('webhook mutes'))),
        arrival('chat.postMessage', await deliver('slack', () => slack.calls('chat.postMessage').length)),
        arrival('Discord’s messages', await deliver('discord', () => discord.calls('POST', /\/messages$/).length)),
        ...idle,
        await measureStarts({ ...inSlack, ...inDiscord }),
      ];
    } finally {
      await bellhop.stop();
    }
  } finally {
    await Promise.all([slack.stop(), discord.stop()]);
  }
}

/** Milliseconds until each of many commands is acknowledged, fifty at a time. */
async function timeCommands(type: () => Promise<unknown>): Promise<readonly number[]> {
  const times: number[] = [];
  for (let round = 0; round < FIRST + ROUNDS; round++) {
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        const begun = performance.now();
        await type();
        if (round >= FIRST) times.push(performance.now() - begun);
      }),
    );
    await sleep(100);
  }
  return times;
}

interface Deliveries {
  readonly make: (channel: string) => Promise<{ readonly url: string; readonly secret: string }>;
  /** How many messages have reached the chat. */
  readonly posted: () => number;
}

/** Milliseconds from sending a delivery until its message reaches the chat, one delivery after another. */
async function timeDeliveries(channels: readonly string[], { make, posted }: Deliveries): Promise<readonly number[]> {
  const endpoints = [];
  for (const channel of channels) endpoints.push(await make(channel));
  await sleep(SETTLE);
  const times: number[] = [];
  for (const { url, secret } of endpoints) {
    const before = posted();
    const signature = createHmac('sha256', secret).update(BODY).digest('hex');
    const headers = {
      'content-type': 'application/json',
      'x-github-event': 'push',
      'x-github-delivery': randomUUID(),
      'x-hub-signature-256': `sha256=${signature}`,
    };
    const begun = performance.now();
    const answer = fetch(url, { method: 'POST', headers, body: BODY });
    while (posted() === before) await sleep(1);
    times.push(performance.now() - begun);
    await sleep(PAUSE);
    if ((await answer).status !== 202) throw new Error(`a delivery was answered ${(await answer).status}`);
  }
  return times;
}

/** A first start strips types and compiles, and what that needs stays loaded until the end; later starts find it done. */
async function compileAll(environment: Readonly<Record<string, string>>): Promise<void> {
  const bellhop = await startBellhop(environment);
  await bellhop.connected('slack', 'discord');
  await bellhop.stop();
}

interface Idling {
  readonly environment: Readonly<Record<string, string>>;
  readonly platforms: readonly string[];
  /** In megabytes. */
  readonly budget: number;
}

async function measureIdle(what: string, { environment, platforms, budget }: Idling): Promise<Row> {
  const bellhop = await startBellhop(environment);
  try {
    await bellhop.connected(...platforms);
    await sleep(SETTLE);
    const memory = bellhop.memory();
    return {
      what: `idle memory with ${what}`,
      measured: `${memory.toFixed(0)} MB`,
      budget: `under ${budget} MB`,
      met: memory < budget,
    };
  } finally {
    await bellhop.stop();
  }
}

/** What a start loads at the least, with the compile cache that a start of ours has too. */
const DEPENDENCIES =
  'fastify @fastify/cookie @fastify/static @slack/bolt discord.js handlebars marked kysely lowdb node-cron pino zod'.split(
    ' ',
  );

async function measureStarts(environment: Readonly<Record<string, string>>): Promise<Row> {
  const times: { readonly ours: number; readonly bare: number }[] = [];
  // The first round fills the caches.
  for (let start = 0; start <= STARTS; start++) {
    const bare = await timeImports();
    const bellhop = await startBellhop(environment);
    if (start) times.push({ bare, ours: bellhop.readyAfter });
    await bellhop.stop();
  }
  const [ours, bare] = [median(times.map(({ ours }) => ours)) / 1000, median(times.map(({ bare }) => bare)) / 1000];
  return {
    what: 'start of the process to ready, with both',
    measured: `${ours.toFixed(2)} s = ${(ours / bare).toFixed(2)} × bare Node importing the same libraries (${bare.toFixed(2)} s)`,
    budget: 'under 1.5 s and at most 2 ×',
    met: ours < 1.5 && ours <= 2 * bare,
  };
}

/** Milliseconds that a process takes which imports the libraries and ends. */
async function timeImports(): Promise<number> {
  const source = `
    (await import('node:module')).enableCompileCache();
    for (const name of ${JSON.stringify(DEPENDENCIES)}) await import(name);
    process.exit();`;
  const begun = performance.now();
  const child = spawn(process.execPath, ['--input-type=module', '--eval', source], { stdio: 'ignore' });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error('The libraries could not be imported.');
  return performance.now() - begun;
}

function acknowledgement(chat: string, times: readonly number[]): Row {
  const p99 = percentile(times, 0.99);
  return {
    what: `${chat}: command to acknowledgement, ${AT_ONCE} at once, p99`,
    measured: `${p99.toFixed(1)} ms (p50 ${median(times).toFixed(1)} ms)`,
    budget: 'under 100 ms',
    met: p99 < 100,
  };
}

/** The first message of a channel: beside what the budget for posts counts, what the client library does until the chat has it. */
function arrival(where: string, times: readonly number[]): Row {
  return {
    what: `delivery to ${where}, the first of its channel, p50`,
    measured: `${median(times).toFixed(1)} ms (p99 ${percentile(times, 0.99).toFixed(1)} ms)`,
  };
}
