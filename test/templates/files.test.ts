import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { createComposer } from '../../src/render/compose.ts';
import { loadTemplates } from '../../src/render/templates.ts';
import { eventually } from '../chats/chat.ts';
import { anInput, helpers } from '../render/a-composer.ts';
import { aPush, aWorld } from '../world.ts';

describe('a person’s own templates', () => {
  it('win over those that came with Bellhop, type by type, and may hold partials', async () => {
    const { composer, write, refresh } = await aTemplatePlace();
    await write('shipped/shop/push.hbs', 'shipped {{> who}}');
    await write('shipped/shop/default.hbs', 'shipped default');
    await write('shipped/partials/who.hbs', 'by Bellhop');
    await refresh();
    assert.deepEqual(composer(), ['shipped by Bellhop', 'templates/shop/push.hbs']);
    await write('own/shop/default.hbs', 'own default');
    await refresh();
    assert.deepEqual(composer(), ['shipped by Bellhop', 'templates/shop/push.hbs']);
    await write('own/partials/who.hbs', 'by me');
    await refresh();
    assert.deepEqual(composer(), ['shipped by me', 'templates/shop/push.hbs']);
    await write('own/shop/push.hbs', 'own {{> who}}');
    await refresh();
    assert.deepEqual(composer(), ['own by me', 'data/templates/shop/push.hbs']);
  });

  it('are taken up while Bellhop runs, replaced in place or by another file, and let go of', async () => {
    const { composer, write, refresh, folder } = await aTemplatePlace();
    await write('shipped/shop/push.hbs', 'shipped');
    await refresh();
    for (const text of ['one', 'two']) {
      await write('own/shop/push.hbs', text);
      await refresh();
      assert.deepEqual(composer(), [text, 'data/templates/shop/push.hbs']);
    }
    await write('own/shop/other.tmp', 'three');
    await rename(join(folder, 'own/shop/other.tmp'), join(folder, 'own/shop/push.hbs'));
    await refresh();
    assert.equal(composer()[0], 'three');
    await rm(join(folder, 'own'), { recursive: true });
    await refresh();
    assert.deepEqual(composer(), ['shipped', 'templates/shop/push.hbs']);
  });

  it('that break stay what they were, and are reported once for each change', async () => {
    const { composer, write, refresh } = await aTemplatePlace();
    await write('shipped/shop/push.hbs', 'shipped');
    await write('own/shop/push.hbs', 'good');
    assert.deepEqual(await refresh(), []);
    await write('own/shop/push.hbs', '{{titel "x"}}');
    assert.deepEqual(await refresh(), [
      'data/templates/shop/push.hbs: There is no helper `titel`. Did you mean `title`?',
    ]);
    assert.deepEqual(await refresh(), []);
    assert.equal(composer()[0], 'good');
    await write('own/shop/push.hbs', '{{#if');
    assert.equal((await refresh()).length, 1);
    await write('own/shop/push.hbs', 'better');
    assert.deepEqual(await refresh(), []);
    assert.equal(composer()[0], 'better');
  });

  it('may bring samples, of which a broken one is reported and left out', async () => {
    const { templates, write, refresh } = await aTemplatePlace();
    await write('shipped/shop/push.json', '{"payload": {"from": "Bellhop"}}');
    await write('own/shop/push.json', '{"payload": {"from": "me"}}');
    await write('own/shop/other.json', '{"payload": ');
    assert.equal((await refresh()).length, 1);
    const samples = templates.samples.of('shop');
    assert.deepEqual([...samples.keys()], ['push']);
    assert.equal(samples.get('push')?.body.toString(), '{"from":"me"}');
  });

  it('that cannot be listed are reported once, and the shipped ones go on', async () => {
    const { composer, write, refresh, folder } = await aTemplatePlace();
    await write('shipped/shop/push.hbs', 'shipped');
    await symlink('loop', join(folder, 'loop'));
    await mkdir(join(folder, 'own'));
    await symlink(join(folder, 'loop'), join(folder, 'own/shop'));
    assert.deepEqual(await refresh(), ['data/templates/shop: The folder cannot be read: the system says ELOOP.']);
    assert.deepEqual(await refresh(), []);
    assert.deepEqual(composer(), ['shipped', 'templates/shop/push.hbs']);
  });

  it('that never worked leave the shipped one in place', async () => {
    const { composer, write, refresh } = await aTemplatePlace();
    await write('shipped/shop/push.hbs', 'shipped');
    await write('own/shop/push.hbs', '{{#if');
    assert.equal((await refresh()).length, 1);
    assert.deepEqual(composer(), ['shipped', 'templates/shop/push.hbs']);
  });

  it('use a partial that is changed with them, and keep the old one where the new one breaks', async () => {
    const { composer, write, refresh } = await aTemplatePlace();
    await write('own/partials/who.hbs', 'me');
    await write('own/shop/push.hbs', 'by {{> who}}');
    await refresh();
    assert.equal(composer()[0], 'by me');
    await write('own/partials/who.hbs', '{{nope "x"}}');
    assert.equal((await refresh()).length, 1);
    assert.equal(composer()[0], 'by me');
    await write('own/partials/who.hbs', 'you');
    await write('own/partials/new.hbs', '!');
    await write('own/shop/push.hbs', 'by {{> who}}{{> new}}');
    assert.deepEqual(await refresh(), []);
    assert.equal(composer()[0], 'by you\\!'.replace('\\', ''));
  });
});

describe('a running Bellhop', () => {
  it('posts by a file that appears in its data folder, says where one is broken, and goes on with the last good one', async () => {
    await using world = await aWorld();
    const endpoint = await world.endpoint('github', 'in #ops as api');
    const file = join(world.folder, 'templates/github/push.hbs');
    await mkdir(dirname(file), { recursive: true });
    const posted = async (text: RegExp) =>
      eventually(async () => {
        await world.deliver(endpoint, aPush());
        await world.settled();
        return text.test((await world.messages()).at(-1)?.text ?? '');
      }, `a message like ${text}`);
    await writeFile(file, '{{title "My own words for" ref}}');
    await posted(/My own words for refs\/heads\/main/);
    await writeFile(file, '{{titel "x"}}');
    const said = await eventually(
      async () => (await world.messages('general')).find(({ text }) => /A template cannot be used/.test(text)),
      'a notice',
    );
    assert.match(said.text, /data\/templates\/github\/push\.hbs/);
    assert.match(said.message.body, /at line 1, column 3.*no helper.*titel/s);
    await posted(/My own words/);
    assert.match(
      (await world.type('/webhook template show push')).text,
      /data\/templates\/github\/push\.hbs, a file of this installation/,
    );
  });
});

/** Two folders of templates, and what they make of an order. */
async function aTemplatePlace() {
  const folder = await mkdtemp(join(tmpdir(), 'templates-'));
  await mkdir(join(folder, 'shipped'));
  const templates = await loadTemplates(join(folder, 'shipped'), join(folder, 'own'));
  const { compose, problemOf } = createComposer({ templates, helpers });
  return {
    folder,
    templates,
    async write(path: string, text: string) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    },
    async refresh() {
      return (await templates.refresh(problemOf)).map(({ name, problem }) => `${name}: ${problem.message}`);
    },
    composer() {
      const { message, template } = compose(anInput());
      return [message.body, template];
    },
  };
}
