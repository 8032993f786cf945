import assert from 'node:assert/strict';
import { type Discord, type DiscordOptions, startDiscord } from '../doubles/discord/double.ts';
import { APP_TOKEN, BOT_TOKEN, SIGNING_SECRET, type Slack, startSlack } from '../doubles/slack/double.ts';
import { aWorld, type World, type WorldOptions } from '../world.ts';
import { eventually } from './chat.ts';
import { aDiscordChat } from './discord-chat.ts';
import { aLocalChat } from './local-chat.ts';
import { aSlackChat } from './slack-chat.ts';

/** The whole of Bellhop at its own page. */
export async function aLocal(options: WorldOptions = {}) {
  const world = await aWorld(options);
  return { world, chat: aLocalChat(world), close: () => world[Symbol.asyncDispose]() };
}

/** The whole of Bellhop, connected to the double of Slack by the environment alone. */
export async function aSlack(way: 'sockets' | 'http', options: WorldOptions = {}) {
  const slack = await startSlack();
  const world = await aWorld({ ...options, environment: slackEnvironment(slack, way) });
  if (way === 'http') slack.postTo(`${world.publicUrl}/slack/events`);
  await connected(world, 'slack');
  return {
    world,
    slack,
    chat: aSlackChat(slack),
    async close() {
      await world[Symbol.asyncDispose]();
      await slack.stop();
    },
  };
}

/** The whole of Bellhop, connected to the double of Discord by the environment alone. */
export async function aDiscord(way: 'gateway' | 'http', options: WorldOptions & DiscordOptions = {}) {
  const discord = await startDiscord(options);
  const world = await aWorld({ ...options, environment: discordEnvironment(discord, way) });
  if (way === 'http') discord.useHttp(`${world.publicUrl}/discord/interactions`);
  await connected(world, 'discord');
  return {
    world,
    discord,
    chat: aDiscordChat(discord, world.app.run.commands),
    async close() {
      await world[Symbol.asyncDispose]();
      await discord.stop();
      assert.deepEqual(discord.rest.problems, []);
    },
  };
}

/** The whole of Bellhop, connected to both. */
export async function aSlackAndDiscord() {
  const [slack, discord] = [await startSlack(), await startDiscord()];
  const world = await aWorld({ environment: { ...slackEnvironment(slack), ...discordEnvironment(discord) } });
  await Promise.all([connected(world, 'slack'), connected(world, 'discord')]);
  return {
    world,
    slack: aSlackChat(slack),
    discord: aDiscordChat(discord, world.app.run.commands),
    async close() {
      await world[Symbol.asyncDispose]();
      await Promise.all([slack.stop(), discord.stop()]);
      assert.deepEqual(discord.rest.problems, []);
    },
  };
}

export function slackEnvironment({ apiUrl }: Slack, way: 'sockets' | 'http' = 'sockets') {
  return {
    SLACK_BOT_TOKEN: BOT_TOKEN,
    SLACK_API_URL: apiUrl,
    ...(way === 'sockets' ? { SLACK_APP_TOKEN: APP_TOKEN } : { SLACK_SIGNING_SECRET: SIGNING_SECRET }),
  };
}

export function discordEnvironment({ token, api, publicKey, place }: Discord, way: 'gateway' | 'http' = 'gateway') {
  return {
    DISCORD_TOKEN: token,
    DISCORD_API_URL: api,
    DISCORD_GUILD_IDS: place.guildId,
    ...(way === 'http' && { DISCORD_PUBLIC_KEY: publicKey }),
  };
}

/** Waits until a platform says that it can be used. */
export async function connected(world: World, name: string): Promise<void> {
  await eventually(async () => (await health(world, name)).ready, `${name} is connected`);
}

/** What `/readyz` says of a platform. */
export async function health(
  { call }: World,
  name: string,
): Promise<{ readonly ready: boolean; readonly detail: string }> {
  const { json } = await call<{ platforms: Record<string, { ready: boolean; detail: string }> }>('/readyz');
  return json.platforms[name] ?? { ready: false, detail: 'not there' };
}
