import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { faults } from '../../doubles/chat.ts';
import { aStormyWorld, storm } from './stormy-world.ts';

describe('a thousand alerts in five seconds', () => {
  it('are a few messages, of which one says what happened and names the critical ones', async () => {
    const world = aStormyWorld();
    const { clock, chat, lanes } = world;
    await clock.until(
      (async () => {
        await storm(world);
        world.owe({ source: 'elsewhere', severity: 'info' }, 'dev');
        await lanes.idle();
      })(),
    );
    const messages = chat.standing('ops');
    assert.ok(messages.length <= 5, `${messages.length} messages`);
    assert.ok((chat.times('ops')[0] ?? 0) < 2_000);
    assert.ok(clock.elapsed() < 15_000, `settled after ${clock.elapsed()} ms`);
    assert.equal(world.states().get('posted')?.length, 1_001);
    const rollUp = messages.find(({ says }) => / events from checkout in /.test(says));
    assert.match(rollUp?.says ?? '', /^99\d events from checkout in 5 seconds$/);
    assert.ok((rollUp?.edits ?? 0) <= 8, `${rollUp?.edits} edits`);
    assert.match(rollUp?.message.body ?? '', /By alertname: HighLatency \*\*6\d\d\*\* · DiskFull \*\*3\d\d\*\*/);
    const said = messages.map(({ says, message }) => says + message.body).join('\n');
    for (let count = 50; count <= 1_000; count += 100) assert.match(said, new RegExp(`Critical ${count}\\b`));
    assert.deepEqual(
      rollUp?.message.actions.map(({ label }) => label),
      ['Show all', 'Mute 1 h'],
    );
  });

  it('are as few messages, as soon, where they wait in the journal', async () => {
    const world = aStormyWorld();
    await world.clock.until(
      (async () => {
        await storm(world, { later: true });
        await world.lanes.start();
        await world.lanes.idle();
      })(),
    );
    assert.ok(world.chat.standing('ops').length <= 5);
    assert.ok(world.clock.elapsed() < 10_000, `settled after ${world.clock.elapsed()} ms`);
  });

  it('would be a thousand messages without it, for a quarter of an hour', async () => {
    const world = aStormyWorld({ rollUps: false });
    await world.clock.until(
      (async () => {
        await storm(world);
        await world.lanes.idle();
      })(),
    );
    assert.equal(world.chat.standing('ops').length, 1_000);
    assert.ok(world.clock.elapsed() > 900_000);
  });

  it('delay neither another channel nor another source', async () => {
    const world = aStormyWorld();
    const { clock, chat } = world;
    await clock.until(
      (async () => {
        const begun = storm(world);
        await clock.sleep(2_000);
        world.owe({ title: 'Elsewhere' }, 'dev');
        world.owe({ title: 'Of another', source: 'billing' });
        await begun;
        await world.lanes.idle();
      })(),
    );
    assert.ok((chat.times('dev')[0] ?? 0) < 2_100);
    const other = chat.posted.find(({ message }) => message.title?.text === 'Of another');
    assert.ok((other?.at ?? Infinity) < 8_000, `posted at ${other?.at}`);
  });

  it('end with a summary, and what ends later is counted in it', async () => {
    const world = aStormyWorld();
    const { clock, chat, journal, lanes } = world;
    await clock.until(
      (async () => {
        await storm(world);
        await lanes.idle();
        await clock.sleep(120_000);
        world.owe({ subject: 'alert:900', state: 'resolved', severity: 'good', title: 'Alert 900 is over' });
        await lanes.idle();
      })(),
    );
    assert.ok(chat.standing('ops').length <= 5);
    const rollUp = chat.standing('ops').find(({ says }) => / events from checkout in /.test(says));
    assert.match(rollUp?.says ?? '', /, calm now$/);
    assert.match(rollUp?.message.body ?? '', /\*\*1\*\* over/);
    assert.deepEqual(journal.posts.all.at(-1)?.plan?.act, 'rollUp');
  });

  it('are followed one by one again once it is calm', async () => {
    const world = aStormyWorld();
    const { clock, chat, lanes } = world;
    await clock.until(
      (async () => {
        await storm(world);
        await lanes.idle();
        await clock.sleep(120_000);
        world.owe({ title: 'The next day' });
        await lanes.idle();
      })(),
    );
    assert.equal(chat.standing('ops').at(-1)?.says, 'The next day');
  });
});

describe('what could not be posted in time', () => {
  const HOUR = 3_600_000;
  const away = async ({ chat, clock, lanes }: ReturnType<typeof aStormyWorld>, owe: () => void) => {
    chat.fail(faults.limited(2 * HOUR));
    await clock.until(
      (async () => {
        owe();
        await lanes.idle();
      })(),
    );
  };

  it('says when it happened and when it was posted', async () => {
    const world = aStormyWorld();
    await away(world, () => void world.owe({ title: 'The disk is full' }));
    const [message] = world.chat.standing('ops');
    assert.match(message?.message.body ?? '', /^happened .*, posted /);
  });

  it('is only summarised where its route wants that', async () => {
    const world = aStormyWorld({ stale: HOUR });
    await away(world, () => {
      for (let count = 0; count < 5; count++) world.owe();
    });
    assert.deepEqual(
      world.chat.standing('ops').map(({ says }) => says),
      ['5 events from checkout in 1 second'],
    );
    assert.match(world.chat.standing('ops')[0]?.message.body ?? '', /Too old to be posted one by one/);
  });
});

it('an event whose message cannot be made fails alone, though an edit would have shown it with others', async () => {
  const { clock, chat, journal, lanes, owe } = aStormyWorld();
  const subject = 'alert:flaky';
  await clock.until(
    (async () => {
      for (const title of ['One', 'Two', 'Three']) owe({ title });
      await lanes.idle();
      for (const title of ['Begun', 'Broken', 'Going on']) owe({ subject, title });
      await lanes.idle();
      owe({ subject, title: 'Broken' });
      await lanes.idle();
    })(),
  );
  assert.deepEqual(
    journal.posts.all.slice(3).map(({ state }) => state),
    ['posted', 'posted', 'posted', 'failed'],
  );
  assert.equal(chat.standing('ops').at(-1)?.says, 'Going on');
});
