import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import type { Platform } from '../core/platform/platform.ts';
import type { SettingsStore } from '../core/settings/settings.ts';
import { answering, type Entrance } from '../http/entrances.ts';
import { createDiscordPlatform } from '../platforms/discord/create-discord-platform.ts';
import { createSlackPlatform } from '../platforms/slack/create-slack-platform.ts';
import { parseMarkdown } from '../render/markdown/markdown.ts';
import type { Config } from './config.ts';

/** The chat services there are tokens for, and where they reach us over HTTP. Their libraries are loaded when they connect. */
export interface Chats {
  readonly platforms: readonly Platform[];
  readonly entrances: readonly Entrance[];
}

export interface ChatParts {
  readonly clock: Clock;
  readonly log: Log;
  /** The configuration as it is now, asked for when a token is refused. Throws `AppError`. */
  readonly readConfig: () => Config;
  readonly settings: SettingsStore;
  /** The installation's own key. */
  readonly key: Buffer;
}

export function createChats(config: Config, { clock, log, readConfig, settings, key }: ChatParts): Chats {
  if (!config.SLACK_BOT_TOKEN && (config.SLACK_APP_TOKEN || config.SLACK_SIGNING_SECRET))
    log.warn({ platform: 'slack' }, 'Slack is left out: set `SLACK_BOT_TOKEN` too.');
  if (!config.DISCORD_TOKEN && config.DISCORD_PUBLIC_KEY)
    log.warn({ platform: 'discord' }, 'Discord is left out: set `DISCORD_TOKEN` too.');
  const slack = config.SLACK_BOT_TOKEN
    ? createSlackPlatform({
        botToken: config.SLACK_BOT_TOKEN,
        ...(config.SLACK_APP_TOKEN && { appToken: config.SLACK_APP_TOKEN }),
        readTokens: () => toSlackTokens(readConfig()),
        ...(config.SLACK_SIGNING_SECRET && { signingSecret: config.SLACK_SIGNING_SECRET }),
        ...(config.SLACK_API_URL && { apiUrl: config.SLACK_API_URL }),
        parseMarkdown,
        clock,
        log,
      })
    : undefined;
  const discord = config.DISCORD_TOKEN
    ? createDiscordPlatform({
        token: config.DISCORD_TOKEN,
        readToken: () => readConfig().DISCORD_TOKEN,
        ...(config.DISCORD_PUBLIC_KEY && { publicKey: config.DISCORD_PUBLIC_KEY }),
        ...(config.DISCORD_API_URL && { apiUrl: config.DISCORD_API_URL }),
        ...(config.DISCORD_GUILD_IDS && { serverIds: config.DISCORD_GUILD_IDS }),
        ...(config.DISCORD_GUILD_ID && { guildId: config.DISCORD_GUILD_ID }),
        settings,
        key,
        parseMarkdown,
        clock,
        log,
      })
    : undefined;
  const failed = (error: unknown) => log.error({ err: error }, 'an interaction could not be answered');
  return {
    platforms: [slack, discord].filter((platform) => platform !== undefined),
    entrances: [
      ...(slack && config.SLACK_SIGNING_SECRET ? [{ path: '/slack/events', listener: slack.requestListener }] : []),
      ...(discord && config.DISCORD_PUBLIC_KEY
        ? [{ path: '/discord/interactions', listener: answering(discord.handleInteraction, failed) }]
        : []),
    ],
  };
}

function toSlackTokens({ SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: appToken }: Config) {
  return { ...(botToken && { botToken }), ...(appToken && { appToken }) };
}
