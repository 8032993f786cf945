import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aCommandWorld, ann, bob, boss, dataOf, failureOf, guest } from '../doubles/command-world.ts';

async function aPeopleWorld() {
  const world = await aCommandWorld();
  const people = () => world.settings.current.people;
  return { ...world, people };
}

describe('/webhook people', () => {
  it('links a login to whoever asks, lists it, and keeps who did what in the audit', async () => {
    const { say, people, journal } = await aPeopleWorld();
    const reply = await say('people link octocat', bob);
    assert.match(reply.message.body, /`octocat` now means Bob/);
    assert.deepEqual(people(), [{ name: 'Bob', aliases: ['octocat'], ids: { local: 'bob' } }]);
    assert.match((await say('people', ann)).message.body, /\*\*Bob\*\* `octocat`/);
    const [entry] = await journal.audit.list({ limit: 1 });
    assert.deepEqual(
      [entry?.by, entry?.action, entry?.detail, entry?.before],
      ['local:bob', 'people', 'linked octocat to Bob (local:bob)', 'nobody'],
    );
  });

  it('never lets somebody take a login, a name or a person’s place from another', async () => {
    const { say, people } = await aPeopleWorld();
    await say('people link octocat', bob);
    for (const login of ['octocat', 'OctoCat', '@octocat', 'Bob'])
      assert.equal(failureOf(await say(`people link ${login}`, ann)).code, 'taken', login);
    assert.equal(failureOf(await say('people unlink octocat', ann)).code, 'forbidden');
    await say('people me pings=off', { ...ann, userName: 'octocat' });
    assert.deepEqual(
      people().map(({ name }) => name),
      ['Bob', 'octocat (local)'],
    );
  });

  it('lets members link only themselves, owners of an endpoint others too, and only admins take a login away', async () => {
    const { say, anEndpoint, people } = await aPeopleWorld();
    assert.equal(failureOf(await say('people link octocat @carl', ann)).code, 'forbidden');
    await anEndpoint();
    assert.match((await say('people link octocat @carl', ann)).message.body, /now means/);
    assert.equal(failureOf(await say('people unlink octocat', ann)).code, 'forbidden');
    await say('people unlink octocat', boss);
    assert.deepEqual(people(), []);
    assert.match((await say('people link octocat', guest)).message.body, /may not use Bellhop/);
  });

  it('takes as a login only a text that a sender could write, and that can be read in a list', async () => {
    const { say, people } = await aPeopleWorld();
    for (const login of ['\u200b', '\u202e', '@', 'a'.repeat(201)]) {
      const failure = failureOf(await say(`people link "${login}"`, bob));
      assert.deepEqual([failure.code, failure.field], ['bad_option', 'login'], JSON.stringify(login));
    }
    assert.deepEqual(people(), []);
    await say('people link " octo\u200bcat\n"', bob);
    assert.deepEqual(people(), [{ name: 'Bob', aliases: ['octocat'], ids: { local: 'bob' } }]);
  });

  it('lets an admin add another chat’s account to a person, and nobody else', async () => {
    const { say, people } = await aPeopleWorld();
    await say('people link octocat', bob);
    const onSlack = { platform: 'slack', channel: 'C-ops', channelName: 'ops' };
    assert.equal(failureOf(await say('people link octocat', { ...bob, ...onSlack, user: 'U1' })).code, 'taken');
    await say('people link octocat U1', { ...boss, ...onSlack });
    assert.deepEqual(people(), [{ name: 'Bob', aliases: ['octocat'], ids: { local: 'bob', slack: 'U1' } }]);
  });

  it('says clearly when a list has two people of one login, and lets an admin mend it', async () => {
    const { say, settings, people } = await aPeopleWorld();
    await settings.update((current) => ({
      ...current,
      people: [
        { name: 'Ada', aliases: ['octo'], ids: { local: 'ada' } },
        { name: 'Eve', aliases: ['OCTO'], ids: { local: 'eve' } },
      ],
    }));
    assert.match((await say('people', ann)).message.body, /Several people share `octo`/);
    const refused = await say('people unlink octo', boss);
    assert.equal(failureOf(refused).code, 'ambiguous');
    assert.match(refused.message.body, /Ada, Eve/);
    assert.equal(failureOf(await say('people link octo', ann)).code, 'ambiguous');
    await say('people unlink octo @eve', boss);
    assert.deepEqual(
      people().map(({ name }) => name),
      ['Ada'],
    );
  });

  it('keeps what somebody wants of pings, in their own time zone, and shows it to them', async () => {
    const { say, people } = await aPeopleWorld();
    const kept = (await say('people me quiet=22-7 zone=berlin', bob)).message.body.replaceAll('\\', '');
    assert.match(kept, /quiet from 22:00 to 07:00 \(Europe\/Berlin\)/);
    assert.deepEqual(people()[0]?.quiet, { from: '22:00', to: '07:00', zone: 'Europe/Berlin' });
    await say('people me pings=off', bob);
    assert.match((await say('people me', bob)).message.body, /no pings/);
    await say('people me pings=on quiet=off', bob);
    assert.deepEqual(people(), [{ name: 'Bob', aliases: [], ids: { local: 'bob' } }]);
    assert.equal(failureOf(await say('people me quiet=whenever', bob)).field, 'quiet');
    assert.equal(failureOf(await say('people me quiet=9:00-9:00', bob)).field, 'quiet');
    const { timeZone: _, ...nowhere } = ann;
    assert.equal(failureOf(await say('people me quiet=22-7', nowhere)).field, 'zone');
  });

  it('does not forget the wishes of somebody whose last login is unlinked', async () => {
    const { say, people } = await aPeopleWorld();
    await say('people link octocat', bob);
    await say('people me pings=off', bob);
    await say('people unlink octocat', bob);
    assert.deepEqual(people(), [{ name: 'Bob', aliases: [], ids: { local: 'bob' }, pings: 'off' }]);
  });

  it('shows an e-mail address to its owner and to admins alone', async () => {
    const { say } = await aPeopleWorld();
    await say('people link bob@acme.example', bob);
    const seenBy = async (caller: typeof ann) => JSON.stringify(await say('people', caller)).includes('bob@acme');
    assert.deepEqual([await seenBy(ann), await seenBy(bob), await seenBy(boss)], [false, true, true]);
  });

  it('names to owners who was seen lately and is linked to nobody', async () => {
    const { say, anEndpoint, anEvent } = await aPeopleWorld();
    const endpoint = await anEndpoint();
    await anEvent(endpoint, { actor: 'mona' });
    await anEvent(endpoint, { actor: 'octocat' });
    await say('people link octocat', bob);
    assert.deepEqual(dataOf<{ unlinked: string[] }>(await say('people', ann)).unlinked, ['mona']);
    assert.deepEqual(dataOf<{ unlinked: string[] }>(await say('people', bob)).unlinked, []);
  });
});
