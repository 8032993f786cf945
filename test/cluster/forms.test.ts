import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { eventually } from '../chats/chat.ts';
import { aDiscordChat } from '../chats/discord-chat.ts';
import { aLocalChat } from '../chats/local-chat.ts';
import { discordEnvironment, slackEnvironment } from '../chats/places.ts';
import { aSlackChat } from '../chats/slack-chat.ts';
import { startDiscord } from '../doubles/discord/double.ts';
import { startSlack } from '../doubles/slack/double.ts';
import type { World } from '../world.ts';
import { someNodes, until } from './nodes.ts';
import { startRoundRobin } from './round-robin.ts';

/** Each chat, with its requests passed to one node after the other. */
const places = {
  async 'the page'() {
    const nodes = await someTakingTurns();
    let turn = 0;
    const next = () => (turn++ % 2 ? nodes.a : nodes.b);
    const type: World['type'] = (...given) => next().type(...given);
    const call: World['call'] = (...given) => next().call(...given);
    return { nodes, chat: aLocalChat({ ...nodes.a, type, call }), stop: async () => undefined };
  },
  async Slack() {
    const slack = await startSlack();
    const nodes = await someTakingTurns(slackEnvironment(slack, 'http'), 'slack');
    slack.postTo(`${nodes.url}/slack/events`);
    return { nodes, chat: aSlackChat(slack), stop: () => slack.stop() };
  },
  async Discord() {
    const discord = await startDiscord();
    const nodes = await someTakingTurns(discordEnvironment(discord, 'http'), 'discord');
    discord.useHttp(`${nodes.url}/discord/interactions`);
    return { nodes, chat: aDiscordChat(discord, nodes.a.app.run.commands), stop: () => discord.stop() };
  },
};

describe('a form', () => {
  for (const [name, open] of Object.entries(places))
    it(`of ${name} is opened on one node and goes on at another, until what was asked for is made`, async () => {
      const { nodes, chat, stop } = await open();
      try {
        await chat.fill('/webhook new', { provider: 'generic' }, { as: 'acme', verify: 'hmac', header: 'x-acme' });
        const made = await eventually(
          async () => (await chat.seen()).find(({ text }) => /acme.*is ready/s.test(text)),
          'the endpoint',
        );
        assert.match(made.text, /x-acme/);
        for (const node of [nodes.a, nodes.b])
          await until(async () => (await node.type('/webhook list')).text.includes('acme'));
      } finally {
        await nodes[Symbol.asyncDispose]();
        await stop();
      }
    });
});

/** Two nodes, and an address at which each request gets to the other than the one before. */
async function someTakingTurns(environment: Readonly<Record<string, string>> = {}, chat?: string) {
  const nodes = await someNodes(2, { environment });
  const { a, b } = nodes;
  const front = await startRoundRobin(0, () => [a.publicUrl, b.publicUrl]);
  if (chat) await until(() => [a, b].every(({ app }) => app.platforms.get(chat)?.health().ready));
  return {
    a,
    b,
    url: front.url,
    async [Symbol.asyncDispose]() {
      front.close();
      await nodes[Symbol.asyncDispose]();
    },
  };
}
