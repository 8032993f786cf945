import type { PlatformDescriptor } from '../../core/platform/descriptor.ts';
import { emptySettings } from '../../core/settings/settings.ts';
import { createDiscordPlatform } from './create-discord-platform.ts';
import { diagnoseDiscord } from './diagnose-discord.ts';
import { toDiscordMessages } from './message/to-discord-messages.ts';

export interface DiscordEnvironment {
  readonly DISCORD_TOKEN?: string | undefined;
  readonly DISCORD_PUBLIC_KEY?: string | undefined;
  readonly DISCORD_GUILD_IDS?: readonly string[] | undefined;
  readonly DISCORD_GUILD_ID?: string | undefined;
  readonly DISCORD_API_URL?: string | undefined;
}

export const discord: PlatformDescriptor<DiscordEnvironment> = {
  name: 'discord',
  title: 'Discord',
  toPayloads: toDiscordMessages,

  connect(environment, { readEnvironment, ...parts }) {
    const { DISCORD_TOKEN: token, DISCORD_PUBLIC_KEY: publicKey } = environment;
    if (!token) {
      if (publicKey) parts.log.warn({ platform: 'discord' }, 'Discord is left out: set `DISCORD_TOKEN` too.');
      return undefined;
    }
    const platform = createDiscordPlatform({
      ...parts,
      ...toAccess(environment),
      token,
      readToken: () => readEnvironment().DISCORD_TOKEN,
    });
    return {
      platform,
      ...(publicKey && { entrance: { path: '/discord/interactions', answer: platform.handleInteraction } }),
    };
  },

  diagnose(environment, { clock, parseMarkdown, readInstallation }) {
    const { DISCORD_TOKEN: token } = environment;
    if (!token) return undefined;
    return async (options) => {
      // That the settings cannot be read is a finding of its own.
      const { settings = emptySettings, key } = (await readInstallation().catch(() => undefined)) ?? {};
      const known = { settings, ...(key && { key }) };
      return diagnoseDiscord({ ...toAccess(environment), ...known, token, parseMarkdown, clock, ...options });
    };
  },
};

function toAccess({
  DISCORD_PUBLIC_KEY: publicKey,
  DISCORD_API_URL: apiUrl,
  DISCORD_GUILD_IDS: serverIds,
  DISCORD_GUILD_ID: guildId,
}: DiscordEnvironment) {
  return {
    ...(publicKey && { publicKey }),
    ...(apiUrl && { apiUrl }),
    ...(serverIds && { serverIds }),
    ...(guildId && { guildId }),
  };
}
