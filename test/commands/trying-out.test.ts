import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { it } from 'node:test';
import { promisify } from 'node:util';
import { aWorld } from '../world.ts';

it('the command that a new endpoint for any sender shows is one that it takes, however it verifies', async () => {
  await using world = await aWorld();
  for (const choices of [
    '',
    'verify=token',
    'verify=token header=X-Token prefix=key',
    'verify=basic username=mona',
    'verify=hmac',
    'verify=hmac header=X-Sig prefix=sha512= algorithm=sha512 encoding=base64',
    'verify=hmac encoding=base64url',
  ]) {
    const { message } = await world.type(`/webhook new generic in #ops ${choices}`);
    const [, command = ''] = /Try it: `([^`]+)`/.exec((message as unknown as { body: string }).body) ?? [];
    const { stdout } = await promisify(execFile)('bash', ['-c', command]);
    assert.match(stdout, /"outcome":"kept"/, `${choices}: ${command}`);
  }
});
