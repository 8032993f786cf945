import type { Command } from '../../src/core/command/command.ts';
import { parseText } from '../../src/core/command/command-text.ts';
import type { Discord } from '../doubles/discord/double.ts';
import { type Chat, type Shown, wordsOf } from './chat.ts';

type Message = ReturnType<Discord['messages']>[number];

interface DiscordShown extends Shown {
  readonly message: Message;
}

const CHANNELS = ['ops', 'deploys'];
const LOADING = 128;

/** Somebody on the Discord of the double. What others type as one line, they give as a subcommand with options. */
export function aDiscordChat(discord: Discord, commands: ReadonlyMap<string, Command>): Chat<DiscordShown> {
  function send(line: string) {
    const { name, command, options } = parseText(line, commands);
    const given = Object.entries(options).map(([option, value]) => {
      const { type } = command.options[option] ?? {};
      // Discord's own picker offers the channels of this server; those of other chats are typed.
      if (type === 'channel' && /^[a-z]+:/.test(value)) return [`${option}-elsewhere`, value];
      return [option, type === 'flag' ? value !== 'no' : type === 'integer' ? Number(value) : value];
    });
    return discord.type(`webhook ${name}`, Object.fromEntries(given));
  }
  const partsOf = ({ components }: Message) => components.flatMap((row) => row.components ?? []);

  function toShown(message: Message, channel: string): DiscordShown {
    const { id, content, embeds, components } = message;
    const labels = partsOf(message).flatMap(({ label, options = [] }) => [
      ...(label ? [label] : []),
      ...options.map((option) => option.label),
    ]);
    const key = `${channel} ${id} ${JSON.stringify([content, embeds, components])}`;
    return { key, channel, text: wordsOf([content, embeds]), labels, message };
  }

  return {
    async type(line) {
      await send(line);
    },
    async fill(line, first = {}, ...forms) {
      let submitted = await discord.submit(await send(line), first);
      for (const values of forms)
        submitted = await discord.submit(await discord.click(await discord.answer(submitted), 'Fill in…'), values);
    },
    async correct(line, { wrong, right }) {
      const said = await discord.answer(await discord.submit(await send(line), wrong));
      await discord.submit(await discord.click(said, 'Fill in…'), right);
      return toShown(said, '').text;
    },
    async press({ message }, label) {
      const button = partsOf(message).some((part) => part.label === label);
      await (button ? discord.click(message, label) : discord.choose(message, label));
    },
    async explain({ message }) {
      await discord.apps('Why did I see this?', message);
    },
    async seen() {
      return CHANNELS.flatMap((name) => [
        ...discord.messages(name).map((message) => toShown(message, name)),
        ...discord.ephemeral(name).flatMap((message) => (message.flags & LOADING ? [] : [toShown(message, name)])),
      ]);
    },
  };
}
