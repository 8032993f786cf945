import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Started as `npm start` does it: the words of its script after `node`, without `serve`. */
const ROOT = join(import.meta.dirname, '../..');
const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: { start: string } };
const WORDS = scripts.start
  .split(' ')
  .slice(1, -1)
  .map((word) => (word.startsWith('-') ? word : join(ROOT, word)));

export type Bellhop = Awaited<ReturnType<typeof startBellhop>>;

/** What a process before it left. */
export interface Remains {
  readonly port: number;
  readonly folder: string;
}

interface MadeEndpoint {
  readonly name: string;
  readonly url: string;
  readonly secret: string;
}

/** Bellhop in a process of its own, with a folder of its own, or with that of one before it. */
export async function startBellhop(environment: Readonly<Record<string, string>> = {}, remains?: Remains) {
  const { port, folder } = remains ?? {
    port: await freePort(),
    folder: await mkdtemp(join(tmpdir(), 'bellhop-bench-')),
  };
  const begun = performance.now();
  const child = spawn(process.execPath, [...WORDS], {
    env: { PATH: process.env.PATH, PORT: String(port), DATA_DIR: folder, LOG_LEVEL: 'info', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: tmpdir(),
  });
  await untilSaid(child, /Sign in/);
  const readyAfter = performance.now() - begun;
  child.stdout?.resume();
  const token = (await readFile(join(folder, 'admin-token'), 'utf8')).trim();
  const url = `http://127.0.0.1:${port}`;

  return {
    url,
    pid: child.pid ?? 0,
    /** The admin token. */
    token,
    /** Milliseconds from starting the process until it takes deliveries. */
    readyAfter,
    /** Makes an endpoint that leads to a channel. */
    async endpoint(channel: string, provider = 'github'): Promise<MadeEndpoint> {
      const response = await fetch(`${url}/api/v1/commands`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ text: `/webhook new ${provider} in ${channel}` }),
      });
      const { text, data } = (await response.json()) as {
        text: string;
        data: { endpoint?: MadeEndpoint };
      };
      if (!data.endpoint) throw new Error(text);
      return data.endpoint;
    },
    /** Waits until these platforms say that they can be used. */
    async connected(...platforms: readonly string[]): Promise<void> {
      for (;;) {
        const response = await fetch(`${url}/readyz`);
        const { platforms: known } = (await response.json()) as { platforms: Record<string, { ready: boolean }> };
        if (platforms.every((name) => known[name]?.ready)) return;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    /** Tries the change that a command would make. */
    async try(text: string): Promise<{ readonly trial: { readonly events: number } }> {
      const response = await fetch(`${url}/api/v1/try`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ text }),
      });
      if (!response.ok) throw new Error(await response.text());
      return (await response.json()) as { readonly trial: { readonly events: number } };
    },
    /** Resident memory in megabytes. */
    memory(): number {
      return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(child.pid)], { encoding: 'utf8' })) / 1024;
    },
    /** How many events are undecided, and how many posts are due; nothing is known of one or the other beyond a few. */
    async owed(): Promise<number> {
      const headers = { authorization: `Bearer ${token}` };
      const undecided = await fetch(`${url}/api/v1/events?state=received&limit=10`, { headers });
      const { events } = (await undecided.json()) as { events: readonly unknown[] };
      const metrics = await (await fetch(`${url}/metrics`, { headers })).text();
      return events.length + Number(/^bellhop_posts_stored\{state="due"\} (\d+)/m.exec(metrics)?.[1] ?? Number.NaN);
    },
    /** The messages that stand in a channel of the page, the newest last. */
    async messages<Shown>(channel: string): Promise<readonly Shown[]> {
      const headers = { authorization: `Bearer ${token}` };
      const response = await fetch(`${url}/api/v1/channels/${channel}/messages`, { headers });
      return ((await response.json()) as { messages: readonly Shown[] }).messages;
    },
    /** Kills it in the middle of whatever it does. */
    async kill(): Promise<Remains> {
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      return { port, folder };
    },
    folder,
    /** Asks the API; posts a body where there is one. */
    async call<Answer>(path: string, body?: object): Promise<Answer> {
      const response = await fetch(`${url}/api/v1${path}`, {
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body && { method: 'POST', body: JSON.stringify(body) }),
      });
      if (!response.ok) throw new Error(`${path} was answered ${response.status}: ${await response.text()}`);
      return (await response.json()) as Answer;
    },
    async stop(): Promise<void> {
      child.kill('SIGTERM');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export async function untilSaid({ stdout, stderr }: ChildProcess, pattern: RegExp): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let said = '';
  let complaints = '';
  stderr?.on('data', (chunk: Buffer) => {
    complaints = `${complaints}${chunk}`.slice(-4_000);
  });
  stdout?.on('data', (chunk: Buffer) => {
    said += chunk;
    if (pattern.test(said)) resolve();
  });
  stdout?.once('end', () => reject(new Error(`Bellhop ended before it was ready:\n${said}${complaints}`)));
  await promise;
  stdout?.removeAllListeners('data');
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}
