// Redocly's linter reads the description of the API as programs get it. Run by `npm run openapi`, which installs it beside this file.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { aWorld } from '../world.ts';

const HERE = import.meta.dirname;

it('the description of the API has nothing for a linter to find', async () => {
  await using world = await aWorld();
  const { json } = await world.call('/api/v1/openapi.json');
  const file = join(await mkdtemp(join(tmpdir(), 'bellhop-')), 'openapi.json');
  await writeFile(file, JSON.stringify(json, undefined, 2));
  const { code, output } = await lint(file);
  assert.equal(code, 0, output);
  assert.match(output, /Your API description is valid/);
  assert.doesNotMatch(output, /warning/i, output);
});

function lint(file: string): Promise<{ readonly code: number; readonly output: string }> {
  const { promise, resolve } = Promise.withResolvers<{ readonly code: number; readonly output: string }>();
  const words = ['lint', file, '--config', join(HERE, 'redocly.yaml'), '--format', 'stylish'];
  const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true', NO_COLOR: '1' };
  execFile(join(HERE, 'node_modules/.bin/redocly'), words, { env }, (error, out, errors) =>
    resolve({ code: error ? 1 : 0, output: `${out}${errors}` }),
  );
  return promise;
}
