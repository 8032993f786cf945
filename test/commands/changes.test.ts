import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Reply } from '../../src/core/command/command.ts';
import type { Caller } from '../../src/core/command/permission.ts';
import { AppError } from '../../src/core/errors.ts';
import { aCommandWorld, ann, boss, click, dataOf, failureOf } from '../doubles/command-world.ts';

type World = Awaited<ReturnType<typeof aCommandWorld>>;

/** Every command that changes something, on an endpoint `api` with a mute, a held and a failed event. */
const CHANGES = {
  new: 'new github as other',
  rotate: 'rotate api grace 0s',
  'rotate with grace': 'rotate api',
  rename: 'rename api to other',
  delete: 'delete api confirm',
  'route add': 'route api add #dev',
  'route remove': 'route api remove #ops',
  mute: 'mute api type=star',
  unmute: 'unmute api type=push',
  replay: 'replay 1',
  'replay what was held': 'replay mute=m7',
  'failed retry': 'failed retry',
  'failed drop': 'failed drop',
} as const;

async function aBusyWorld(): Promise<World> {
  const world = await aCommandWorld();
  const endpoint = await world.anEndpoint();
  await world.say('mute api type=push');
  await world.anEvent(endpoint, {}, { state: 'held', muteId: 'm7' });
  const { posts } = await world.anEvent(endpoint);
  for (const { id } of posts) await world.journal.posts.settle(id, { state: 'failed', attempts: 1, error: 'gone' });
  return world;
}

async function stateOf({ settings, journal }: World) {
  return { settings: settings.current, posts: await journal.posts.count() };
}

describe('a change that cannot be recorded', () => {
  for (const [name, line] of Object.entries(CHANGES))
    it(`does not happen, and says so: ${name}`, async () => {
      const world = await aBusyWorld();
      const before = await stateOf(world);
      world.journal.audit.add = () => Promise.reject(new AppError(503, 'journal_full', 'The disk is full.'));
      const reply = await world.say(line);
      assert.match(reply.message.body, /^Nothing was changed, because it could not be recorded\. The disk is full\.$/);
      assert.deepEqual([failureOf(reply).code, reply.visibleTo], ['journal_full', 'caller']);
      assert.deepEqual(await stateOf(world), before);
    });

  it('keeps the URL hidden, too', async () => {
    const world = await aBusyWorld();
    const { token } = world.settings.current.endpoints[0] ?? { token: '' };
    world.journal.audit.add = () => Promise.reject(new AppError(503, 'journal_full', 'The disk is full.'));
    assert.ok(!JSON.stringify(await world.say('show api url')).includes(token));
  });
});

describe('a change that is recorded and does not happen', () => {
  for (const [name, line] of Object.entries(CHANGES))
    it(`is taken back in the audit: ${name}`, async () => {
      const world = await aBusyWorld();
      const fails = () => Promise.reject(new AppError(503, 'disk_full', 'The disk is full.'));
      Object.assign(world.settings, { update: fails });
      Object.assign(world.relay, { replay: fails, retry: fails, drop: fails, endMute: fails });
      const reply = await world.say(line);
      assert.equal(failureOf(reply).code, 'disk_full');
      const [last, before] = await world.journal.audit.list({ limit: 2 });
      assert.equal(last?.detail, `did not happen: ${before?.detail}`);
    });

  it('is logged where the audit cannot be put right', async () => {
    const world = await aBusyWorld();
    const { add } = world.journal.audit;
    let adds = 0;
    world.journal.audit.add = (entry) => (adds++ ? Promise.reject(new Error('gone')) : add(entry));
    world.settings.update = () => Promise.reject(new AppError(409, 'settings_broken', 'The settings are broken.'));
    assert.equal(failureOf(await world.say('rename api to other')).code, 'settings_broken');
    assert.equal(world.errors.length, 1);
  });
});

it('a secret that replaces another at once is shown, whatever else cannot be read', async () => {
  const world = await aBusyWorld();
  const [old] = world.settings.current.endpoints[0]?.secrets ?? [];
  world.journal.events.secretUse = () => Promise.reject(new AppError(503, 'journal_busy', 'The journal is busy.'));
  const reply = await world.say('rotate api grace 0s');
  assert.equal(failureOf(reply).code, 'journal_busy');
  assert.deepEqual(world.settings.current.endpoints[0]?.secrets, [old]);
});

describe('eight rotations at once', () => {
  it('leave every secret valid that a reply promised, and refuse what would break a promise', async () => {
    const { say, anEndpoint, settings } = await aCommandWorld();
    const [first] = (await anEndpoint()).secrets;
    const replies = await Promise.all(Array.from({ length: 8 }, () => say('rotate api')));
    const promised = replies.flatMap((reply) => (failureOf(reply).code ? [] : [secretOf(reply)]));
    const valid = settings.current.endpoints[0]?.secrets.map(({ value }) => value);
    assert.deepEqual(valid, [first?.value, ...promised]);
    assert.deepEqual(replies.map((reply) => failureOf(reply).code).filter(Boolean), Array(4).fill('too_many_secrets'));
  });

  it('without grace leave the last one, and each reply says how many it retired', async () => {
    const { say, anEndpoint, settings } = await aCommandWorld();
    await anEndpoint();
    for (let times = 0; times < 3; times++) await say('rotate api');
    const reply = await say('rotate api grace 0s');
    assert.match(reply.message.body, /The 4 old secrets are no longer valid/);
    assert.deepEqual(
      settings.current.endpoints[0]?.secrets.map(({ value }) => value),
      [secretOf(reply)],
    );
  });
});

const secretOf = (reply: Reply) => dataOf<{ endpoint: { secret: string } }>(reply).endpoint.secret;

/** Two people on two machines who change the same settings, so that neither sees what the other is about to do. */
async function aRace(world: World, lines: readonly [string, string], order: readonly number[]) {
  const other = world.another();
  const { update } = world.settings;
  const waiting: (() => void)[] = [];
  const arrivals = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  world.settings.update = async (change) => {
    await new Promise<void>((resolve) => {
      arrivals[waiting.push(resolve) - 1]?.resolve();
    });
    return update(change);
  };
  const first = world.run({ text: lines[0] }, ann);
  await Promise.race([arrivals[0]?.promise, first]);
  const second = other({ text: lines[1] }, boss);
  await Promise.race([arrivals[1]?.promise, second]);
  world.settings.update = update;
  const replies: Reply[] = [];
  for (const turn of order) {
    waiting[turn]?.();
    replies[turn] = await (turn ? second : first);
  }
  return replies.map((reply) => failureOf(reply).code ?? 'done');
}

describe('two changes at the same moment', () => {
  const gone = ['done', 'not_found'];
  /** What comes of each when the first is first, and when the second is first. */
  const races = [
    ['rename api to web', 'delete api confirm', ['done', 'done'], ['not_found', 'done']],
    ['rotate api', 'delete api confirm', ['done', 'done'], ['not_found', 'done']],
    ['rotate api grace 0s', 'delete api confirm', ['done', 'done'], ['not_found', 'done']],
    ['route api add #dev', 'delete api confirm', ['done', 'done'], ['not_found', 'done']],
    ['route api remove #ops', 'delete api confirm', ['done', 'done'], ['not_found', 'done']],
    ['mute api type=star', 'delete api confirm', ['done', 'done'], ['not_found', 'done']],
    ['delete api confirm', 'delete api confirm', gone, gone.toReversed()],
    ['rename api to web', 'rename other to web', ['done', 'name_taken'], ['name_taken', 'done']],
    ['new github as web', 'rename api to web', ['done', 'name_taken'], ['name_taken', 'done']],
    ['route api add #dev', 'route api add #dev', ['done', 'already_there'], ['already_there', 'done']],
    ['route api remove #ops', 'route api remove #ops', ['done', 'not_found'], ['not_found', 'done']],
    ['rotate api', 'rotate api', ['done', 'done'], ['done', 'done']],
    ['mute api type=star', 'mute api type=star for 2h', ['done', 'done'], ['done', 'done']],
  ] as const;
  for (const [one, other, oneFirst, otherFirst] of races)
    for (const [order, expected] of [
      [[0, 1], oneFirst],
      [[1, 0], otherFirst],
    ] as const)
      it(`are both answered truly: ${order[0] ? other : one}, then ${order[0] ? one : other}`, async () => {
        const world = await aCommandWorld();
        await world.anEndpoint();
        await world.anEndpoint('new github in #ops as other');
        const before = (await world.journal.audit.list({ limit: 100 })).length;
        assert.deepEqual(await aRace(world, [one, other], order), expected);
        const audit = await world.journal.audit.list({ limit: 100 });
        const taken = audit.filter(({ detail }) => detail.startsWith('did not happen'));
        assert.equal(taken.length, expected.filter((code) => code !== 'done').length);
        assert.ok(audit.length >= before + 2 + taken.length);
      });

  it('say the name an endpoint has by then', async () => {
    const world = await aCommandWorld();
    await world.anEndpoint();
    assert.deepEqual(await aRace(world, ['rename api to web', 'rename api to site'], [0, 1]), ['done', 'done']);
    const [last] = await world.journal.audit.list({ limit: 1 });
    assert.deepEqual([last?.detail, last?.before, last?.after], ['renamed web to site', 'web', 'site']);
  });

  it('end a mute once, and the second caller gets the answer that it was ended already', async () => {
    const { say, anEndpoint } = await aCommandWorld();
    await anEndpoint();
    await say('mute api type=push');
    const replies = await Promise.all([say('unmute api'), say('unmute api')]);
    assert.deepEqual(new Set(replies.map((reply) => failureOf(reply).code)), new Set([undefined, 'not_muted']));
  });
});

describe('/webhook audit', () => {
  it('shows who changed what, when and from where, and the values before and after', async () => {
    const { say, anEndpoint } = await aCommandWorld();
    await anEndpoint();
    await say('route api add #dev');
    const reply = await say('audit api', boss);
    assert.match(
      reply.message.body,
      /^- .* \*\*Ann\*\* added local \\#dev to api · before: local \\#ops · after: local \\#ops, local \\#dev · in local \\#general as local\\:ann\n/,
    );
    assert.equal(reply.visibleTo, 'caller');
  });

  it('goes back page by page', async () => {
    const world = await aCommandWorld();
    await world.anEndpoint();
    for (let number = 1; number <= 14; number++)
      await world.say(`rename ${number === 1 ? 'api' : `n${number - 1}`} to n${number}`);
    const first = await world.say('audit', boss);
    const second = await click(world, first, 'Older', boss);
    const idsOf = (reply: Reply) =>
      dataOf<{ entries: readonly { id: string }[] }>(reply).entries.map(({ id }) => Number(id));
    assert.deepEqual(
      [...idsOf(first), ...idsOf(second)],
      Array.from({ length: 15 }, (_, index) => 15 - index),
    );
    assert.ok(!second.message.actions.length);
  });

  it('is for admins', async () => {
    const { say } = await aCommandWorld();
    assert.equal(failureOf(await say('audit')).code, 'forbidden');
    assert.match((await say('audit', boss)).message.body, /Nothing has been changed yet/);
    assert.deepEqual((await say('audit before=x', boss)).data, { code: 'bad_option', field: 'before' });
  });
});

it('a change of the time zone is in the audit like any other', async () => {
  const { say, anEndpoint, journal } = await aCommandWorld();
  await anEndpoint();
  const far: Caller = { ...ann, timeZone: undefined as never };
  await say('mute api type=push until tomorrow 9am zone=Europe/Berlin', far);
  const [, zone] = await journal.audit.list({ limit: 2 });
  assert.deepEqual([zone?.detail, zone?.after], ['chose the time zone Europe/Berlin', 'Europe/Berlin']);
});
