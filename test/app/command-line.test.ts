import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { runCli } from '../../src/app/run-cli.ts';
import { eventually } from '../chats/chat.ts';
import { aWorld, type World } from '../world.ts';
import { ofTests } from './environment.ts';

const ESCAPE = String.fromCharCode(27);
const MAIN = join(import.meta.dirname, '../../src/main.ts');
const VERBS = join(import.meta.dirname, '../../src/cli');

interface Run {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

describe('the command line', () => {
  it('lists its verbs, and explains each', async () => {
    const { output } = await run(['--help']);
    for (const verb of ['serve', 'send', 'preview', 'doctor', 'manifest', 'sign-in'])
      assert.match(output, new RegExp(`^ {2}${verb} `, 'm'));
    assert.match((await run(['send', '--help'])).output, /^bellhop send <endpoint> \[<provider>\/\]<sample>\|-/);
  });

  it('prints its version', async () => {
    assert.match((await runProcess(['--version'])).output, /^\d+\.\d+\.\d+\n$/);
  });

  it('refuses words it has no use for, and options it does not know', async () => {
    const extra = await run(['doctor', 'now']);
    assert.deepEqual(
      [extra.code, extra.errors],
      [2, '`now` is one word too many.\nUsage: bellhop doctor [--post <platform>:#channel]\n'],
    );
    const unknown = await run(['serve', '--prot', '80']);
    assert.deepEqual(
      [unknown.code, unknown.errors],
      [2, '`--prot` is not an option of `serve`.\nUsage: bellhop serve\n'],
    );
  });

  it('names the verb that was probably meant', async () => {
    const { code, errors } = await runProcess(['sned']);
    assert.deepEqual(
      [code, errors.trim()],
      [2, '`sned` is not a verb of bellhop. Did you mean `send`? `bellhop help` lists them.'],
    );
  });

  it('sends a sample, signed for real, to a running Bellhop', async () => {
    await using world = await aWorld();
    await world.endpoint('github', 'in #ops');
    const { code, output } = await run(['send', 'github', 'github/push'], environmentOf(world));
    assert.match(output, /^202 \{"outcome":"kept"/);
    assert.equal(code, 0);
    await world.settled();
    assert.equal((await world.messages()).length, 1);
  });

  it('says which endpoint or sample there is not', async () => {
    await using world = await aWorld();
    await world.endpoint('github');
    assert.match(
      (await run(['send', 'gihub', 'github/push'], environmentOf(world))).errors,
      /^There is no endpoint `gihub`\. Did you mean `github`\?/,
    );
    assert.match(
      (await run(['send', 'github', 'github/nothing'], environmentOf(world))).errors,
      /^The sample `github\/nothing` does not exist\. `github` has: .*pull_request/,
    );
  });

  it('previews a payload without posting it', async () => {
    const file = join(await mkdtemp(join(tmpdir(), 'bellhop-')), 'payload.json');
    await writeFile(file, JSON.stringify({ title: 'The door is open', severity: 'critical' }));
    const { output } = await run(['preview', 'generic', file]);
    assert.match(output, /The door is open/);
    assert.match(output, /severity +critical/);
    assert.match((await run(['preview', 'generic', `${file}.not`])).errors, /: the file does not exist\.$/m);
    assert.match(
      (await run(['preview', 'genric', file])).errors,
      /^The provider `genric` does not exist\. Did you mean `generic`\?/,
    );
  });

  it('previews a sample as the terminal can show it, with colours where it has them and nobody minds', async () => {
    const plain = await runProcess(['preview', 'github/pull_request']);
    assert.equal(plain.code, 0);
    assert.match(
      plain.output,
      /^pull_request · templates\/github\/pull_request\.hbs\n\noctocat opened #12 Fix the door/,
    );
    assert.match(plain.output, /^Labels +bug, hardware$/m);
    assert.match(plain.output, /^\[Open pull request\] https:\/\/github\.com\/acme\/api\/pull\/12$/m);
    assert.doesNotMatch(plain.output, new RegExp(ESCAPE));
    const firing = ['preview', 'alertmanager/firing'];
    assert.match((await runProcess(firing, { FORCE_COLOR: '1' })).output, new RegExp(`${ESCAPE}\\[31m.*The slowest`));
    assert.doesNotMatch((await runProcess(firing, { NO_COLOR: '1' })).output, new RegExp(ESCAPE));
    assert.match(
      (await run(['preview', 'github/pusj'])).errors,
      /^The sample `github\/pusj` does not exist\..*Did you mean `push`\?/,
    );
  });

  it('previews the file of a sample by the folder it lies in', async () => {
    const file = join(import.meta.dirname, '../../templates/github/push.json');
    const [alone, named] = await Promise.all([run(['preview', file]), run(['preview', 'github', file])]);
    assert.match(alone.output, /^push · .*\n\noctocat pushed 3 commits/);
    assert.equal(named.output, alone.output);
  });

  it('previews a template before it is used, names its mistakes and exits with 1', async () => {
    const file = join(await mkdtemp(join(tmpdir(), 'bellhop-')), 'push.hbs');
    await writeFile(file, '{{title sender.login "threw" (plural commits "commit")}}');
    const good = await run(['preview', 'github/push', '--template', file]);
    assert.deepEqual([good.code, /octocat threw 3 commits/.test(good.output)], [0, true]);
    await writeFile(file, '{{titel sender.logn}}');
    const { code, output } = await run(['preview', 'github/push', '--template', file]);
    assert.equal(code, 1);
    assert.match(output, /octocat pushed 3 commits/);
    assert.ok(
      output.includes(`problem     ${file}:1:3: There is no helper \`titel\`. Did you mean \`title\`?`),
      output,
    );
    assert.match(output, /check +.*`sender\.logn`.*Did you mean `sender\.login`\?/);
  });

  it('previews again whenever the template changes, while it is asked to watch', async () => {
    const file = join(await mkdtemp(join(tmpdir(), 'bellhop-')), 'push.hbs');
    await writeFile(file, '{{title "First"}}');
    const words = ['preview', 'github/push', '--template', file, '--watch'];
    const child = spawn(process.execPath, [MAIN, ...words], { cwd: tmpdir(), env: ofTests });
    let output = '';
    child.stdout.on('data', (data) => {
      output += data;
    });
    try {
      await eventually(() => /^First\b/m.test(output), 'the first preview');
      await writeFile(file, '{{title "The second"}}');
      await eventually(() => /^The second\b/m.test(output), 'the second preview');
      await rm(file);
      await eventually(() => /the file does not exist/.test(output), 'a word on the file');
      await writeFile(file, '{{title "A third one"}}');
      await eventually(() => /^A third one\b/m.test(output), 'the third preview');
    } finally {
      child.kill();
    }
  });

  it('prints a link that signs a browser in to a running Bellhop', async () => {
    await using world = await aWorld();
    const { output } = await run(['sign-in'], environmentOf(world));
    const response = await fetch(output.trim(), { redirect: 'manual' });
    assert.equal(response.status, 303);
    assert.match(response.headers.get('set-cookie') ?? '', /^bellhop_session=.*HttpOnly.*SameSite=Strict/);
  });

  it('examines an installation, and says what to do', async () => {
    await using world = await aWorld();
    const { code, output } = await run(['doctor'], environmentOf(world));
    assert.match(output, /ok +Bellhop answers at http/);
    assert.match(output, /PUBLIC_URL is not set/);
    assert.equal(code, 1);
  });

  it('finds endpoints for a provider that is not there', async () => {
    await using world = await aWorld();
    await world.endpoint('github');
    const file = join(world.folder, 'settings.json');
    const settings = await readFile(file, 'utf8');
    await writeFile(file, settings.replace('"provider": "github"', '"provider": "gihub"'));
    const { output } = await run(['doctor'], environmentOf(world));
    assert.match(output, /FIX +`github` is for `gihub`, which is not a provider here\n +.*Did you mean `github`\?/);
  });
});

function environmentOf({ folder, publicUrl }: World): Record<string, string> {
  return { DATA_DIR: folder, PORT: new URL(publicUrl).port };
}

/** Runs it in this process, which is how most of it is meant. */
async function run(words: readonly string[], environment: Record<string, string> = {}): Promise<Run> {
  let [output, errors] = ['', ''];
  const code = await runCli({
    words,
    verbs: VERBS,
    environment: () => ({ DATA_DIR: join(tmpdir(), 'data'), LOG_LEVEL: 'silent', ...environment }),
    streams: { out: (text) => (output += text), err: (text) => (errors += text) },
  });
  return { code, output, errors };
}

/** Runs it as a process of its own, where what the process is given counts. */
function runProcess(words: readonly string[], environment: Record<string, string> = {}): Promise<Run> {
  const { promise, resolve } = Promise.withResolvers<Run>();
  const env = { ...ofTests, LOG_LEVEL: 'silent', ...environment };
  execFile(process.execPath, [MAIN, ...words], { env, cwd: tmpdir(), timeout: 60_000 }, (error, output, errors) =>
    resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, output, errors }),
  );
  return promise;
}
