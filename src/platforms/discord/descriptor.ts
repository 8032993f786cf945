import type { PlatformDescriptor } from '../../core/platform/descriptor.ts';
import { createDiscordPlatform } from './create-discord-platform.ts';
import { diagnoseDiscord } from './diagnose-discord.ts';
import { toDiscordMessages } from './message/to-discord-messages.ts';

export interface DiscordEnvironment {
  readonly DISCORD_TOKEN?: string | undefined;
  readonly DISCORD_PUBLIC_KEY?: string | undefined;
  readonly DISCORD_GUILD_ID?: string | undefined;
  readonly DISCORD_API_URL?: string | undefined;
}

export const discord: PlatformDescriptor<DiscordEnvironment> = {
  name: 'discord',
  title: 'Discord',
  toPayloads: toDiscordMessages,

  connect(environment, { clock, log, parseMarkdown, readEnvironment }) {
    const { DISCORD_TOKEN: token, DISCORD_PUBLIC_KEY: publicKey, DISCORD_GUILD_ID: guildId } = environment;
    if (!token) {
      if (publicKey) log.warn({ platform: 'discord' }, 'Discord is left out: set `DISCORD_TOKEN` too.');
      return undefined;
    }
    const platform = createDiscordPlatform({
      ...toAccess(environment),
      token,
      readToken: () => readEnvironment().DISCORD_TOKEN,
      ...(guildId && { guildId }),
      parseMarkdown,
      clock,
      log,
    });
    return {
      platform,
      ...(publicKey && { entrance: { path: '/discord/interactions', answer: platform.handleInteraction } }),
    };
  },

  diagnose(environment, { clock, parseMarkdown }) {
    const { DISCORD_TOKEN: token } = environment;
    return token
      ? (options) => diagnoseDiscord({ ...toAccess(environment), token, parseMarkdown, clock, ...options })
      : undefined;
  },
};

function toAccess({ DISCORD_PUBLIC_KEY: publicKey, DISCORD_API_URL: apiUrl }: DiscordEnvironment) {
  return { ...(publicKey && { publicKey }), ...(apiUrl && { apiUrl }) };
}
