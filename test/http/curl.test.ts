import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { anyCharacter } from '../any-text.ts';
import { runs } from '../runs.ts';
import { aPush, aWorld, type World } from '../world.ts';

/** Without Unicode, as on a bare server: there bash reads the least. */
const bash = (command: string) =>
  promisify(execFile)('bash', ['-c', command], { env: { ...process.env, LC_ALL: 'C' } });

describe('copying an event as curl', () => {
  for (const [what, body] of [
    ['names a file', '@/etc/hostname'],
    ['holds quotes and backslashes', `it's "so" \\n $HOME \`id\` !!`],
    ['holds control characters', 'a\u001b[31mred\u0007\r\n\ttab\u009b'],
    ['holds a zero byte', Buffer.from([97, 0, 98])],
    ['is no text', Buffer.from([0xff, 0xfe, 0x00, 0x80])],
    ['is long and of many lines', 'line\n'.repeat(500)],
  ] as const)
    it(`delivers the same bytes again where the body ${what}`, async () => {
      await using world = await aWorld();
      assert.deepEqual(await deliveredAgain(world, body), Buffer.from(body));
    });

  it('delivers any text again as it was', async () => {
    await using world = await aWorld();
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: anyCharacter, minLength: 1, maxLength: 60 }), async (text) => {
        const body = Buffer.from(text.toWellFormed());
        assert.deepEqual(await deliveredAgain(world, body), body);
      }),
      { numRuns: runs(25) },
    );
  });

  it('delivers a new event to the same endpoint, or says that it is a repeat', async () => {
    await using world = await aWorld();
    const github = await world.endpoint('github', 'in #ops');
    await world.deliver(github, aPush());
    const json = await world.endpoint('generic', 'in #ops');
    await world.deliver(json, { payload: { title: 'It works' } });
    for (const endpoint of [github, json]) {
      await world.settled();
      const [event] = await world.events(`endpoint=${endpoint.name}`);
      const { curl } = (await world.call<{ event: Detail }>(`/api/v1/events/${event?.id}`)).json.event;
      const { stdout } = await bash(
        `set -e; ${curl.replace(/^ENDPOINT_URL='[^']*'/, `ENDPOINT_URL='${endpoint.url}'`)}`,
      );
      assert.match(stdout, /"outcome":"kept"/, endpoint.name);
    }
    assert.match((await kept(world, 'plain text')).command, /\n: 'Its bytes are its identity: .*repeat\.'\n/);
  });

  it('keeps the query', async () => {
    await using world = await aWorld();
    const { command } = await kept(world, 'hello', "?status=it's%20down&tag=a&tag=b");
    assert.match(command, /"\$ENDPOINT_URL"'\?status=it%27s\+down&tag=a&tag=b'/);
  });

  it('writes control characters out, so that pasting it does nothing to a terminal', async () => {
    await using world = await aWorld();
    const { command } = await kept(world, '\u001b]0;title\u0007');
    assert.doesNotMatch(command, /[^\P{Cc}\n]/u);
  });
});

async function kept(world: World, body: string | Buffer, query = '') {
  const endpoint = await world.endpoint('generic', 'in #ops');
  await fetch(`${endpoint.url}${query}`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body: new Uint8Array(Buffer.from(body)),
  });
  const { curl } = await newest(world);
  return { endpoint, command: curl };
}

/** The bytes that arrive when the command is pasted into a shell. */
async function deliveredAgain(world: World, body: string | Buffer): Promise<Buffer> {
  const { endpoint, command } = await kept(world, body);
  const other = await world.endpoint('generic', 'in #ops');
  await bash(command.replace(/^ENDPOINT_URL='[^']*'/, `ENDPOINT_URL='${other.url}'`));
  const { body: arrived, endpoint: name } = await newest(world);
  assert.equal(name, other.name);
  assert.notEqual(endpoint.name, other.name);
  return arrived.text === undefined ? Buffer.from(arrived.base64 ?? '', 'base64') : Buffer.from(arrived.text);
}

interface Detail {
  readonly endpoint: string;
  readonly curl: string;
  readonly body: { readonly text?: string; readonly base64?: string };
}

async function newest(world: World): Promise<Detail> {
  await world.settled();
  const [event] = await world.events('limit=1');
  return (await world.call<{ event: Detail }>(`/api/v1/events/${event?.id}`)).json.event;
}
