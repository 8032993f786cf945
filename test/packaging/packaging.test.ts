import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { parseEnv } from 'node:util';
import { freePort } from '../../src/app/address.ts';
import { variables } from '../../src/app/config.ts';
import { takesLong } from '../runs.ts';
import { until } from '../until.ts';
import { readStages } from './dockerfile.ts';
import { runStages } from './run-stages.ts';

const ROOT = join(import.meta.dirname, '../..');
const read = (name: string) => readFileSync(join(ROOT, name), 'utf8');
const { scripts } = JSON.parse(read('package.json')) as { scripts: { start: string } };
const START = scripts.start.replace(/^node /, '');

describe('the image', () => {
  const stages = readStages(read('Dockerfile'));
  const last = stages.at(-1)?.instructions ?? [];

  it('starts as `npm start` does, not as root, with production libraries only', () => {
    const list = (wanted: string) => JSON.parse(last.find(({ word }) => word === wanted)?.rest ?? '[]') as string[];
    assert.equal([...list('ENTRYPOINT'), ...list('CMD')].join(' '), `node ${START}`);
    assert.equal(last.find(({ word }) => word === 'USER')?.rest, 'node');
    assert.equal(last.filter(({ word }) => word === 'VOLUME').length, 1);
    assert.ok(stages.every(({ base }) => /^node:24-/.test(base)));
    assert.match(JSON.stringify(stages.find(({ name }) => name === 'libraries')), /npm ci --omit=dev --omit=optional/);
  });

  it('runs what its stages made, as somebody without rights, where nothing but the volume can be written', {
    skip: takesLong,
  }, async (t) => {
    const scratch = mkdtempSync(join(tmpdir(), 'bellhop-image-'));
    chmodSync(scratch, 0o755);
    t.after(() => {
      spawnSync('chmod', ['-R', 'u+w', scratch]);
      rmSync(scratch, { recursive: true, force: true });
    });
    const context = join(scratch, 'context');
    for (const name of ['package.json', 'package-lock.json', '.npmrc', '.env.example', 'src', 'templates'])
      cpSync(join(ROOT, name), join(context, name), { recursive: true, filter: (path) => !path.endsWith('web/dist') });
    const bin = join(scratch, 'bin');
    mkdirSync(bin);
    // The Node of this process in the place of the image's own.
    cpSync(process.execPath, join(bin, 'node'), { dereference: true });
    const path = `${bin}:${process.env.PATH}`;
    const image = runStages({ text: read('Dockerfile'), context, scratch, path, within: 300_000 });
    execFileSync('chmod', ['-R', 'a-w', join(image.root, 'app')]);
    assert.ok(!existsSync(join(image.root, 'app/node_modules/typescript')), 'tools for development are left out');

    const port = await freePort('127.0.0.1');
    const env = { ...image.environment, PORT: String(port), HOST: '127.0.0.1', LOG_LEVEL: 'error' };
    const run = (words: readonly string[]) =>
      [words[0] === 'node' ? join(bin, 'node') : (words[0] ?? ''), words.slice(1)] as const;
    const child = spawn(...run(image.command), { cwd: image.folder, env, ...image.as });
    let [output, errors] = ['', ''];
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (errors += chunk));
    try {
      await until(() => output.includes('Bellhop is ready') || child.exitCode !== null, 'the image is ready');
      assert.match(output, /Bellhop is ready/, errors);
      const health = spawnSync(...run(image.health), { cwd: image.folder, env, ...image.as });
      assert.equal(health.status, 0, String(health.stderr));
      const page = await fetch(`http://127.0.0.1:${port}/`);
      assert.match(await page.text(), /<title>Bellhop/);
      if (image.as.uid) {
        const write = spawnSync('touch', [join(image.root, 'app/src/x')], image.as);
        assert.notEqual(write.status, 0);
      }
    } finally {
      child.kill('SIGTERM');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    }
    assert.deepEqual([child.exitCode, errors], [0, '']);
    assert.ok(existsSync(join(image.root, 'data/settings.json')));
    const dead = spawnSync(...run(image.health), { cwd: image.folder, env, ...image.as });
    assert.equal(dead.status, 1, 'the health check fails once nothing runs');
  });
});

describe('the compose file', () => {
  it('keeps the root read-only, drops all rights, and names variables that exist', () => {
    const text = read('compose.yaml');
    for (const line of ['read_only: true', 'cap_drop: [ALL]', 'no-new-privileges:true', 'profiles: [tls]'])
      assert.ok(text.includes(line), line);
    const [, block = ''] = /environment:\n((?: {6}.*\n)+)/.exec(text) ?? [];
    const named = [...block.matchAll(/^ {6}([A-Z_]+):/gm)].map(([, name = '']) => name);
    assert.ok(named.length >= 3);
    assert.deepEqual(
      named.filter((name) => !variables.includes(name)),
      [],
    );
    const mounted = [...text.matchAll(/- \.\/(\S+?):/g)].map(([, path = '']) => path);
    assert.ok(mounted.length > 0 && mounted.every((path) => existsSync(join(ROOT, path))));
  });

  it('copies into the image what the Dockerfile asks for', () => {
    const kept = read('.dockerignore')
      .split('\n')
      .filter((line) => line.startsWith('!'))
      .map((line) => line.slice(1));
    const copied = readStages(read('Dockerfile')).flatMap(({ instructions }) =>
      instructions
        .filter(({ word, rest }) => word === 'COPY' && !rest.startsWith('--'))
        .flatMap(({ rest }) => rest.split(' ').slice(0, -1)),
    );
    assert.deepEqual(
      [...new Set(copied)].filter((name) => !kept.includes(name)),
      [],
    );
  });
});

describe('the systemd unit', () => {
  const unit = read('packaging/bellhop.service');

  it('starts as `npm start` does', () => {
    const [, command = ''] = /^ExecStart=(.*)$/m.exec(unit) ?? [];
    assert.equal(command, `/opt/bellhop/node_modules/node/bin/node ${START}`);
    const environment = parseEnv((/^Environment=(.*)$/m.exec(unit)?.[1] ?? '').replaceAll(' ', '\n'));
    assert.equal(environment.DATA_DIR, '/var/lib/bellhop');
  });

  it('is one that systemd understands', {
    skip: spawnSync('systemd-analyze', ['--version']).error && 'there is no systemd here',
  }, (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'bellhop-unit-'));
    t.after(() => rmSync(folder, { recursive: true, force: true }));
    const path = join(folder, 'bellhop.service');
    // Its own program is not installed here.
    writeFileSync(
      path,
      unit
        .replace('/opt/bellhop/node_modules/node/bin/node', process.execPath)
        .replace('WorkingDirectory=/opt/bellhop', `WorkingDirectory=${dirname(path)}`),
    );
    const { stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', path], { encoding: 'utf8' });
    assert.deepEqual(
      stderr.split('\n').filter((line) => line.includes('bellhop.service')),
      [],
    );
  });
});
