import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { aWorld, type World } from '../world.ts';

const MAIN = join(import.meta.dirname, '../../src/main.ts');

describe('the command line', () => {
  it('lists its verbs, and explains each', async () => {
    const { output } = await run(['--help']);
    for (const verb of ['serve', 'send', 'preview', 'doctor', 'manifest', 'sign-in'])
      assert.match(output, new RegExp(`^ {2}${verb} `, 'm'));
    assert.match((await run(['send', '--help'])).output, /^bellhop send <endpoint> <provider>\/<sample>/);
  });

  it('prints its version', async () => {
    assert.match((await run(['--version'])).output, /^\d+\.\d+\.\d+\n$/);
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
    const { code, errors } = await run(['sned']);
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

async function run(
  words: readonly string[],
  environment: Record<string, string> = {},
): Promise<{ code: number; output: string; errors: string }> {
  const { promise, resolve } = Promise.withResolvers<{ code: number; output: string; errors: string }>();
  const env = { PATH: process.env.PATH, LOG_LEVEL: 'silent', ...environment };
  execFile(process.execPath, [MAIN, ...words], { env, cwd: tmpdir(), timeout: 30_000 }, (error, output, errors) =>
    resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, output, errors }),
  );
  return promise;
}
