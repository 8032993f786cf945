import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { join, parse } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { aDatabase } from '../doubles/postgres.ts';
import { takesLong } from '../runs.ts';
import { aDiscord, aLocal, aSlack } from './places.ts';
import { aScene, type Scene, story } from './story.ts';

const commands = globSync(join(import.meta.dirname, '../../src/commands/*.ts')).map((file) => parse(file).name);

const PLACES = {
  'the page': aLocal,
  'Slack, over sockets': () => aSlack('sockets'),
  'Discord, over its gateway': () => aDiscord('gateway'),
};

/** The same in other ways. */
const OTHERS = {
  'Slack, over HTTP': () => aSlack('http'),
  'Discord, over HTTP': () => aDiscord('http'),
  'the page, with its journal in PostgreSQL': async () => aLocal({ database: await aDatabase() }),
  'Slack, with its journal in PostgreSQL': async () => aSlack('sockets', { database: await aDatabase() }),
  'Discord, with its journal in PostgreSQL': async () => aDiscord('gateway', { database: await aDatabase() }),
};

// Most of a day is spent waiting, so several go on side by side.
describe('a day', { concurrency: 4 }, () => {
  for (const [name, open] of Object.entries({ ...PLACES, ...(!takesLong && OTHERS) }))
    describe(`at ${name}`, { concurrency: 1 }, () => {
      let place: Awaited<ReturnType<typeof open>>;
      let scene: Scene;
      before(async () => {
        place = await open();
        scene = aScene(place.chat, place.world);
      });
      after(() => place?.close());

      for (const { title, tell } of story) it(title, () => tell(scene));
      it('has used every command there is', () => {
        assert.deepEqual(
          commands.filter((command) => !scene.used.has(command)),
          [],
        );
      });
    });
});
