import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, sep } from 'node:path';
import { describe, it } from 'node:test';
import { parseEnv, promisify } from 'node:util';
import { loadConfig, variables } from '../../src/app/config.ts';
import { openJournal } from '../../src/stores/journal/sqlite/open-journal.ts';
import { eventually } from '../chats/chat.ts';
import { APP_TOKEN, BOT_TOKEN, startSlack } from '../doubles/slack/double.ts';
import { takesLong } from '../runs.ts';
import { until } from '../until.ts';
import { aPush, aWorld, signed } from '../world.ts';
import { ofTests } from './environment.ts';

const MAIN = join(import.meta.dirname, '../../src/main.ts');
const EXAMPLE = join(import.meta.dirname, '../../.env.example');

describe('the environment', () => {
  it('is usable as .env.example has it, which names every variable', async () => {
    const example = parseEnv(await readFile(EXAMPLE, 'utf8'));
    assert.deepEqual(Object.keys(example).toSorted(), variables.toSorted());
    assert.equal(loadConfig(example).PORT, 3000);
  });

  it('reports everything wrong with it at once', () => {
    assert.throws(
      () => loadConfig({ PORT: 'many', PUBLIC_URL: 'hooks.example.com', LOG_LEVEL: 'loud' }),
      /PORT: .*\n.*PUBLIC_URL: .*\n.*LOG_LEVEL: /,
    );
  });

  it('takes several Discord servers, with commas or spaces between them', () => {
    const { DISCORD_GUILD_IDS: ids } = loadConfig({ DISCORD_GUILD_IDS: ' 123456,789012 , 345678 ' });
    assert.deepEqual(ids, ['123456', '789012', '345678']);
  });

  const wrong = {
    PORT: ['99999', 'must be a whole number from 0 to 65535'],
    RETENTION_DAYS: ['-1', 'must be a number of days, 3650 at most'],
    PUBLIC_URL: ['https://hooks.example.com/?a=1', 'must be a URL such as https://hooks.example.com, without ? and #'],
    LOG_LEVEL: ['loud', 'must be debug, info, warn, error or silent'],
    DATABASE_URL: ['mysql://db/bellhop', 'must be an address such as postgres://user:password@host:5432/bellhop, .*'],
    SLACK_API_URL: ['slack', 'must be a URL'],
    DISCORD_PUBLIC_KEY: ['ab', 'must be 64 hexadecimal digits'],
    DISCORD_GUILD_IDS: ['123456, ours', 'must be the numbers of servers, with commas between them'],
  } as const;
  for (const [name, [value, message]] of Object.entries(wrong))
    it(`says what ${name} must be`, () => {
      assert.throws(() => loadConfig({ [name]: value }), {
        message: new RegExp(`^  ${name}: ${message.replace(/[?#]/g, '.')}$`, 'm'),
      });
    });
});

describe('a process that is told to stop', () => {
  it('finishes what it has begun to take, and ends well', async () => {
    await using bellhop = await aProcess();
    const delivery = await beginDelivery(bellhop);
    const ended = bellhop.end('SIGTERM');
    await eventually(() => isStopping(bellhop), 'not ready');
    const status = delivery.finish();
    assert.deepEqual([await status, await ended], [202, 0]);
    await assert.rejects(fetch(`${bellhop.url}/healthz`));
    const journal = await openJournal({ path: join(bellhop.folder, 'journal.db') });
    const kept = await journal.events.list({ limit: 10 });
    await journal.close();
    assert.deepEqual(kept.length, 1);
  });

  it('ends at once when it is interrupted twice', async () => {
    await using bellhop = await aProcess();
    // What it has begun to take keeps it from being done before it is interrupted again.
    const delivery = await beginDelivery(bellhop);
    const ended = bellhop.end('SIGTERM');
    await eventually(() => isStopping(bellhop), 'not ready');
    await bellhop.end('SIGINT');
    await assert.rejects(delivery.finish());
    assert.equal(await ended, 1);
  });
});

/** Sends the first half of a delivery. */
async function beginDelivery(bellhop: Running) {
  const endpoint = (await command(bellhop, '/webhook new github in #ops')).data.endpoint;
  const { payload, headers } = aPush();
  const body = Buffer.from(JSON.stringify(payload));
  const sending = request(endpoint.url, {
    method: 'POST',
    headers: { ...signed(endpoint, { headers, body, secret: endpoint.secret }), 'content-length': body.length },
  });
  const answered = once(sending, 'response').then(([response]) => (response as IncomingMessage).resume().statusCode);
  answered.catch(() => undefined);
  await new Promise((written) => sending.write(body.subarray(0, 20), written));
  // Once an answer that was asked for later is there, the delivery has arrived.
  await fetch(`${bellhop.url}/healthz`);
  return {
    finish() {
      sending.end(body.subarray(20));
      return answered;
    },
  };
}

/** Whether it is not ready, or takes nothing any more. */
function isStopping({ url }: Running): Promise<boolean> {
  return fetch(`${url}/readyz`).then(
    ({ status }) => status === 503,
    () => true,
  );
}

describe('Slack’s two tokens', () => {
  it('are distinguished, for they are easily swapped', () => {
    const swapped = { SLACK_BOT_TOKEN: 'xapp-1', SLACK_APP_TOKEN: 'xoxb-1' };
    assert.throws(() => loadConfig(swapped), /SLACK_BOT_TOKEN: .*swapped\n.*SLACK_APP_TOKEN: .*swapped/);
    assert.equal(loadConfig({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' }).SLACK_BOT_TOKEN, 'xoxb-1');
  });
});

describe('installing', () => {
  it('compiles with the flags that a start has, for Node keeps what is compiled apart by them', async () => {
    const { scripts } = JSON.parse(await readFile(join(MAIN, '../../package.json'), 'utf8'));
    const flags = (script: string) => script.match(/ --\S+/g);
    assert.deepEqual(flags(scripts.prepare), flags(scripts.start));
    assert.ok(
      (await readFile(join(MAIN, '../bellhop.js'), 'utf8')).startsWith(
        `#!/usr/bin/env -S node${flags(scripts.start)?.join('')}\n`,
      ),
    );
  });

  it('strips and compiles every module, so that a first start need not', { skip: takesLong }, async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'bellhop-compiled-'));
    t.after(() => rm(folder, { recursive: true, force: true }));
    const { scripts } = JSON.parse(await readFile(join(MAIN, '../../package.json'), 'utf8'));
    const node = async (script: string, ...words: string[]) => {
      const [, ...flags] = script.slice(0, script.search(/ src\/\S+(?: serve)?$/)).split(' ');
      const env = { PATH: process.env.PATH, TMPDIR: folder };
      await promisify(execFile)(process.execPath, [...flags, ...words], { env });
      const kept = await readdir(join(folder, 'node-compile-cache'), { recursive: true });
      return kept.filter((path) => path.includes(sep));
    };
    const compiled = await node(scripts.prepare.split(' && ').at(-1), join(MAIN, '../compile.ts'));
    const modules = (await readdir(join(MAIN, '..'), { recursive: true })).filter((file) =>
      /^(?!web).*\.ts$/.test(file),
    );
    assert.ok(compiled.length > modules.length, `${compiled.length} files for ${modules.length} modules`);
    const started = await node(scripts.start, join(MAIN, '../bellhop.js'), '--help');
    assert.deepEqual(
      new Set(started.map((path) => dirname(path))),
      new Set(compiled.map((path) => dirname(path))),
      'a start looks where the installation put it',
    );
  });
});

describe('starting', () => {
  it('prints a sign-in link, keeps what it makes for itself to its owner, and its data folder from another Bellhop', async () => {
    await using bellhop = await aProcess();
    assert.match(bellhop.output(), /Sign in once: {2}http:\/\/127\.0\.0\.1:\d+\/sign-in\?code=\S+/);
    assert.equal((await fetch(`${bellhop.url}/readyz`)).status, 200);
    for (const file of ['key', 'admin-token'])
      assert.equal((await stat(join(bellhop.folder, file))).mode & 0o077, 0, file);
    const { code, errors } = await run(['serve'], { PORT: '0', DATA_DIR: bellhop.folder });
    assert.equal(code, 1);
    assert.match(errors, new RegExp(`^Another Bellhop \\(process ${bellhop.pid}\\) already uses `));
  });

  it('says so when the port is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const { code, errors } = await run(['serve'], { PORT: String(port), DATA_DIR: await aFolder() });
    taken.close();
    assert.equal(code, 1);
    assert.match(
      errors,
      new RegExp(
        `^Port ${port} on 127\\.0\\.0\\.1 is taken by another program\\. Stop it, or set PORT to another number\\.`,
      ),
    );
  });

  it('says so when the data folder cannot be made', async () => {
    const file = join(await aFolder(), 'file');
    await writeFile(file, '');
    const { code, errors } = await run(['serve'], { PORT: '0', DATA_DIR: join(file, 'data') });
    assert.equal(code, 1);
    assert.match(errors, /file\/data`/);
  });

  it('says so when the data folder cannot be written', {
    skip: process.getuid?.() === 0 && 'root may write everywhere',
  }, async () => {
    const folder = await aFolder();
    await chmod(folder, 0o500);
    const { code, errors } = await run(['serve'], { PORT: '0', DATA_DIR: folder });
    assert.equal(code, 1);
    assert.match(errors, new RegExp(folder));
  });

  it('names the line of a settings file that a person broke, and leaves the file as it is', async () => {
    const folder = await aFolder();
    const broken = '{\n  "version": 1,\n  "endpoints": [\n    { "name": 12 }\n  ]\n}\n';
    await writeFile(join(folder, 'settings.json'), broken);
    const { code, errors } = await run(['serve'], { PORT: '0', DATA_DIR: folder });
    assert.equal(code, 1);
    assert.match(errors, /settings\.json.*line 4/);
    assert.equal(await readFile(join(folder, 'settings.json'), 'utf8'), broken);
  });
});

describe('a process that is killed', () => {
  it('has every delivery it acknowledged in history, and posts each once, after it is started again', {
    skip: takesLong,
  }, async () => {
    const folder = await aFolder();
    const acknowledged: string[] = [];
    let endpoint: { name: string; provider: string; url: string; secret: string; id: string } | undefined;
    for (let round = 0; round < 2; round++) {
      const bellhop = await aProcess({ folder });
      endpoint ??= (await command(bellhop, '/webhook new github in #ops')).data.endpoint;
      const sender = endpoint;
      const send = async () => {
        for (let count = 0; ; count++) {
          const id = `${round}-${count}-${crypto.randomUUID()}`;
          const { payload, headers } = aPush({ message: id, id });
          const body = Buffer.from(JSON.stringify(payload));
          const response = await fetch(`${bellhop.url}${new URL(sender.url).pathname}`, {
            method: 'POST',
            headers: signed(sender, { headers, body, secret: sender.secret }),
            body: new Uint8Array(body),
          });
          if (response.status === 202) acknowledged.push(id);
        }
      };
      const senders = Array.from({ length: 8 }, () => send().catch(() => undefined));
      const enough = acknowledged.length + 10 + round * 20;
      await until(async () => acknowledged.length >= enough || undefined);
      bellhop.kill();
      await Promise.all(senders);
    }

    await using bellhop = await aProcess({ folder });
    const said = await until(async () => {
      const texts = await allMessages(bellhop);
      return acknowledged.every((id) => texts.some((text) => text.includes(id))) ? texts : undefined;
    });
    assert.ok(acknowledged.length > 20, `${acknowledged.length} were acknowledged`);
    for (const id of acknowledged) assert.equal(said.filter((text) => text.includes(id)).length, 1, id);
  });
});

describe('several events of one delivery', () => {
  it('are each posted once, though the process is killed while they are', { skip: takesLong }, async () => {
    const folder = await aFolder();
    const names = Array.from({ length: 20 }, (_, index) => `lamp-${index}.`);
    const first = await aProcess({ folder });
    const { pathname } = new URL((await command(first, '/webhook new generic in #ops')).data.endpoint.url);
    const events = names.map((name) => ({ event: 'lamp.lit', id: name, title: `${name} is lit` }));
    const response = await fetch(`${first.url}${pathname}`, { method: 'POST', body: JSON.stringify(events) });
    assert.equal(response.status, 202);
    await until(async () => (await allMessages(first)).some((text) => text.includes('is lit')));
    first.kill();

    await using second = await aProcess({ folder });
    const said = await until(async () => {
      const texts = await allMessages(second);
      return names.every((name) => texts.some((text) => text.includes(name))) ? texts : undefined;
    });
    for (const name of names) assert.equal(said.filter((text) => text.includes(name)).length, 1, name);
    const again = await fetch(`${second.url}${pathname}`, { method: 'POST', body: JSON.stringify(events) });
    assert.equal(again.status, 200);
  });
});

describe('a full disk', () => {
  it('answers 503 with Retry-After while it lasts, and loses nothing that was acknowledged', async () => {
    await using world = await aWorld({
      journal: (folder) => openJournal({ path: join(folder, 'journal.db'), maxPages: 200 }),
    });
    const endpoint = await world.endpoint('generic', 'in #ops');
    const statuses: number[] = [];
    let full: Response | undefined;
    for (let count = 0; count < 40 && !full; count++) {
      const response = await world.deliver(endpoint, {
        payload: { count, filling: randomBytes(30_000).toString('base64') },
      });
      statuses.push(response.status);
      if (response.status !== 202) full = response;
    }
    assert.equal(full?.status, 503);
    assert.ok(Number(full?.headers.get('retry-after')) >= 1);
    assert.equal((await world.events('limit=100')).length, statuses.filter((status) => status === 202).length);
    assert.equal((await fetch(`${world.publicUrl}/healthz`)).status, 200);
  });
});

interface Running {
  readonly url: string;
  readonly token: string;
}

async function command({ url, token }: Running, text: string) {
  const response = await fetch(`${url}/api/v1/commands`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ text, channel: 'ops' }),
  });
  return (await response.json()) as {
    data: { endpoint: { name: string; provider: string; url: string; secret: string; id: string } };
  };
}

async function allMessages({ url, token }: Running): Promise<readonly string[]> {
  const texts: string[] = [];
  for (let before = ''; ; ) {
    const response = await fetch(`${url}/api/v1/channels/ops/messages?limit=200${before}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const { messages } = (await response.json()) as { messages: { id: string; text: string }[] };
    texts.push(...messages.map(({ text }) => text));
    const [oldest] = messages;
    if (messages.length < 200 || !oldest) return texts;
    before = `&before=${oldest.id}`;
  }
}

it('reads a Slack token that was replaced in `.env` without a restart', async () => {
  const slack = await startSlack();
  const folder = await aFolder();
  const write = (token: string) =>
    writeFile(
      join(folder, '.env'),
      `SLACK_BOT_TOKEN=${token}\nSLACK_APP_TOKEN=${APP_TOKEN}\nSLACK_API_URL=${slack.apiUrl}\nPORT=1\n`,
    );
  await write(BOT_TOKEN);
  await using bellhop = await aProcess({ folder });
  const isReady = async (ready: boolean) => {
    const answer = await (await fetch(`${bellhop.url}/readyz`)).json();
    const { platforms } = answer as { platforms: { slack: { ready: boolean } } };
    return platforms.slack.ready === ready || undefined;
  };
  await until(() => isReady(true));
  slack.replace('bot', 'xoxb-second');
  await slack.type('/webhook list');
  await until(() => isReady(false));
  await write('xoxb-second');
  await until(() => isReady(true));
  await slack.stop();
});

async function aProcess({ folder: given }: { folder?: string } = {}) {
  const folder = given ?? (await aFolder());
  const child = spawn(process.execPath, [MAIN], {
    env: { ...ofTests, PORT: '0', DATA_DIR: folder, LOG_LEVEL: 'error' },
    cwd: folder,
  });
  let output = '';
  let errors = '';
  child.stderr.on('data', (chunk) => (errors += chunk));
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  child.stdout.on('data', (chunk) => {
    output += chunk;
    const found = output.match(/(http:\/\/127\.0\.0\.1:\d+)\/sign-in/);
    if (found?.[1]) resolve(found[1]);
  });
  child.on('exit', () => reject(new Error(`ended before it was ready: ${errors}`)));
  const url = await promise;
  return {
    url,
    folder,
    pid: child.pid,
    token: (await readFile(join(folder, 'admin-token'), 'utf8')).trim(),
    output: () => output,
    kill: () => child.kill('SIGKILL'),
    /** Resolves with the code that the process ends with. */
    async end(signal: NodeJS.Signals): Promise<number | null> {
      child.kill(signal);
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      return child.exitCode;
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGINT');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
  };
}

async function run(
  words: readonly string[],
  environment: Record<string, string>,
): Promise<{ code: number; output: string; errors: string }> {
  const { promise, resolve } = Promise.withResolvers<{ code: number; output: string; errors: string }>();
  execFile(
    process.execPath,
    [MAIN, ...words],
    { env: { ...ofTests, LOG_LEVEL: 'silent', ...environment }, timeout: 60_000, cwd: tmpdir() },
    (error, output, errors) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, output, errors }),
  );
  return promise;
}

function aFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'bellhop-'));
}
