import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Discord } from '../doubles/discord/double.ts';
import { bits } from '../doubles/discord/permissions.ts';
import { aDiscordWorld, aRunner } from '../doubles/discord/world.ts';

describe('who sees a channel on Discord', { timeout: 120_000 }, () => {
  it('is everybody on the server, where nothing hides it', async (t) => {
    const { discord, platform } = await aDiscordWorld(t);
    const { id } = discord.place.named('ops');
    for (const { id: user } of Object.values(discord.people)) assert.equal(await platform.sees(user, id), true);
    assert.equal(await platform.open(id), true);
  });

  it('is only who was let in, where it is private: by name, by role, as administrator or owner', async (t) => {
    const { discord, platform } = await aDiscordWorld(t);
    const { owner, admin, member, outsider } = discord.people;
    const { id } = discord.addChannel('secret');
    discord.place.hide('secret', outsider);
    Object.assign(discord.place.users.get(admin.id) ?? {}, { permissions: bits(['administrator']) });
    const seen = await Promise.all([owner, admin, member, outsider].map((user) => platform.sees(user.id, id)));
    assert.deepEqual(seen, [true, true, false, true]);
    assert.equal(await platform.open(id), false);
    discord.place.rolesOf(member.id).add('123456789012345678');
    discord.place.named('secret').overwrites.push({
      id: '123456789012345678',
      type: 0,
      allow: String(bits(['viewChannel'])),
      deny: '0',
    });
    discord.clock.advance(31_000);
    assert.equal(await platform.sees(member.id, id), true);
  });

  it('is nobody who is on no server that is served, whatever the channel', async (t) => {
    const { discord, platform } = await aDiscordWorld(t);
    const lair = discord.addGuild('Lair');
    const [{ id: ops }, { id: den }] = [discord.place.named('ops'), lair.addChannel('den')];
    assert.equal(await platform.sees(lair.people.owner.id, ops), false);
    assert.equal(await platform.sees(lair.people.owner.id, den), false);
    assert.equal(await platform.open(den), false);
  });

  it('is not everybody where two servers are served', async (t) => {
    const { discord, platform, settings } = await aDiscordWorld(t);
    const den = discord.addGuild('Den');
    await settings.update((now) => ({ ...now, servers: [...(now.servers ?? []), `discord:${den.guildId}`] }));
    const { id } = discord.place.named('ops');
    assert.equal(await platform.open(id), false);
    assert.equal(await platform.sees(discord.people.member.id, id), true);
    assert.equal(await platform.sees(den.people.member.id, id), false);
  });

  it('is who sees its channel, for a thread; and who was added, for a private one', async (t) => {
    const { discord, platform } = await aDiscordWorld(t);
    const { owner, admin, member, outsider } = discord.people;
    const secret = discord.addChannel('secret');
    discord.place.hide('secret', outsider);
    const inside = discord.addChannel('inside', { kind: 'thread', parent: secret.id });
    assert.deepEqual(await seen(platform, inside.id, [owner, member, outsider]), [true, false, true]);
    assert.equal(await platform.open(inside.id), false);
    const ops = discord.place.named('ops').id;
    const talk = discord.addChannel('talk', { kind: 'thread', parent: ops });
    assert.equal(await platform.open(talk.id), true);
    const whispers = discord.addChannel('whispers', { kind: 'privateThread', parent: ops });
    whispers.members.add(member.id);
    Object.assign(discord.place.users.get(admin.id) ?? {}, { permissions: bits(['manageThreads']) });
    discord.clock.advance(31_000);
    assert.deepEqual(await seen(platform, whispers.id, [owner, admin, member, outsider]), [true, true, true, false]);
    assert.equal(await platform.open(whispers.id), false);
  });

  it('is whoever it is with, for direct messages', async (t) => {
    const { discord, platform } = await aDiscordWorld(t);
    const { member, admin } = discord.people;
    const { id } = discord.realm.directWith(member);
    assert.deepEqual(await seen(platform, id, [member, admin]), [true, false]);
    assert.equal(await platform.open(id), false);
  });

  it('is nobody once the channel is gone', async (t) => {
    const { discord, platform } = await aDiscordWorld(t);
    const { id } = discord.removeChannel('ops');
    assert.deepEqual(await seen(platform, id, [discord.people.owner]), [false]);
    assert.equal(await platform.open(id), false);
  });

  for (const [what, path] of Object.entries({
    'the channel': /channels\/\d+$/,
    'the roles': /roles$/,
    'the member': /members\/\d+$/,
    'the owner': /guilds\/\d+$/,
  }))
    it(`is unknown while Discord does not say ${what}`, async (t) => {
      const { discord, platform } = await aDiscordWorld(t);
      const { id } = discord.place.named('ops');
      const ask = () => platform.sees(discord.people.member.id, id);
      for (const fault of [{ status: 503 }, { status: 200, body: '<html>' }]) {
        discord.fail({ method: 'GET', path, ...fault });
        await assert.rejects(ask(), { name: 'AppError' });
      }
      assert.equal(await ask(), true);
    });

  it('is refused to be known where Bellhop may not look itself, and before it has reached Discord', async (t) => {
    const { discord, platform } = await aDiscordWorld(t, { unstarted: true });
    const { id } = discord.place.named('ops');
    await assert.rejects(platform.sees(discord.people.member.id, id), { code: 'discord_not_ready' });
    await assert.rejects(platform.open(id), { code: 'discord_not_ready' });
    await platform.start(aRunner());
    discord.deny('ops', ['viewChannel']);
    await assert.rejects(platform.sees(discord.people.member.id, id), { code: 'discord_access' });
  });

  it('is asked of Discord at most twice a minute, however often somebody wants to know', async (t) => {
    const { discord, platform } = await aDiscordWorld(t);
    const { id } = discord.place.named('ops');
    const ask = async () => {
      for (let times = 0; times < 20; times++) await platform.sees(discord.people.member.id, id);
    };
    const before = discord.calls('GET').length;
    await ask();
    const first = discord.calls('GET').length - before;
    assert.ok(first <= 4, String(first));
    discord.place.users.delete(discord.people.member.id);
    discord.clock.advance(31_000);
    assert.equal(await platform.sees(discord.people.member.id, id), false);
  });
});

type Platform = Awaited<ReturnType<typeof aDiscordWorld>>['platform'];

function seen(platform: Platform, channel: string, users: readonly Discord['people']['owner'][]) {
  return Promise.all(users.map(({ id }) => platform.sees(id, channel)));
}
