import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { runCli } from '../../src/app/run-cli.ts';
import { aDatabase } from '../doubles/postgres.ts';
import { aPush, aWorld } from '../world.ts';

const VERBS = join(import.meta.dirname, '../../src/cli');

describe('settings that are moved', () => {
  it('are in the database what they were in the data folder, and back', async () => {
    await using place = await aPlace();
    const endpoint = await place.withBellhop({}, (world) => world.endpoint('github'));
    const key = (await readFile(join(place.folder, 'key'), 'utf8')).trim();
    const shared = { BELLHOP_KEY: key, DATABASE_URL: await aDatabase() };
    assert.match((await place.run(['export', 'there.json'], {})).said, /holds the settings with 1 endpoint/);
    assert.doesNotMatch(await readFile(join(place.folder, 'there.json'), 'utf8'), new RegExp(endpoint.secret));
    assert.match((await place.run(['import', 'there.json'], shared)).said, /with 1 endpoint/);
    const status = await place.withBellhop(shared, async (world) => {
      const url = new URL(new URL(endpoint.url).pathname, world.publicUrl).href;
      return (await world.deliver({ ...endpoint, url }, aPush())).status;
    });
    assert.equal(status, 202);
    assert.match((await place.run(['export', 'back.json'], shared)).said, /1 endpoint/);
    const refused = await place.run(['import', 'back.json'], {});
    assert.deepEqual([refused.code, /Add `--replace`/.test(refused.said)], [1, true]);
    assert.equal((await place.run(['import', 'back.json', '--replace'], {})).code, 0);
  });

  it('are refused with another key, which no verb makes', async () => {
    await using place = await aPlace();
    await place.withBellhop({}, (world) => world.endpoint('github'));
    await place.run(['export', 'there.json'], {});
    const other = { BELLHOP_KEY: 'b'.repeat(64), DATABASE_URL: await aDatabase() };
    const { code, said } = await place.run(['import', 'there.json'], other);
    assert.deepEqual([code, /were sealed with key `\w{8}`/.test(said)], [1, true]);
    await using empty = await aPlace();
    assert.match((await empty.run(['export', 'none.json'], {})).said, /There is no key in/);
  });
});

async function aPlace() {
  const folder = await mkdtemp(join(tmpdir(), 'bellhop-moving-'));
  return {
    folder,
    async withBellhop<T>(
      environment: Record<string, string>,
      work: (world: Awaited<ReturnType<typeof aWorld>>) => Promise<T>,
    ) {
      const { DATABASE_URL: database, ...others } = environment;
      await using world = await aWorld({ folder, environment: others, ...(database && { database }) });
      return await work(world);
    },
    async run(words: readonly string[], environment: Record<string, string>) {
      const [verb = '', file = '', ...options] = words;
      let said = '';
      const say = (text: string) => {
        said += text;
      };
      const code = await runCli({
        words: [verb, join(folder, file), ...options],
        environment: () => ({ DATA_DIR: folder, ...environment }),
        verbs: VERBS,
        streams: { out: say, err: say },
      });
      return { code, said };
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
