import type { Diagnosis } from '../core/platform/diagnosis.ts';
import { emptySettings } from '../core/settings/settings.ts';
import { diagnoseDiscord } from '../platforms/discord/diagnose-discord.ts';
import { diagnoseSlack } from '../platforms/slack/diagnose-slack.ts';
import { parseMarkdown } from '../render/markdown/markdown.ts';
import type { Config } from './config.ts';
import { readSettings } from './read-settings.ts';
import { systemClock } from './system-clock.ts';

/** How to try each chat service that there are tokens for. */
export function createDiagnoses(config: Config): readonly Diagnosis[] {
  const { SLACK_BOT_TOKEN: botToken, DISCORD_TOKEN: token } = config;
  const slack: Diagnosis | undefined = botToken
    ? {
        name: 'slack',
        title: 'Slack',
        run: (options) =>
          diagnoseSlack({
            botToken,
            ...(config.SLACK_APP_TOKEN && { appToken: config.SLACK_APP_TOKEN }),
            ...(config.SLACK_SIGNING_SECRET && { signingSecret: config.SLACK_SIGNING_SECRET }),
            ...(config.SLACK_API_URL && { apiUrl: config.SLACK_API_URL }),
            ...options,
          }),
      }
    : undefined;
  const discord: Diagnosis | undefined = token
    ? {
        name: 'discord',
        title: 'Discord',
        async run(options) {
          // Settings that cannot be read are a finding of their own.
          const { settings = emptySettings, key } = (await readSettings(config).catch(() => undefined)) ?? {};
          return diagnoseDiscord({
            token,
            settings,
            ...(key && { key }),
            ...(config.DISCORD_GUILD_IDS && { serverIds: config.DISCORD_GUILD_IDS }),
            ...(config.DISCORD_GUILD_ID && { guildId: config.DISCORD_GUILD_ID }),
            ...(config.DISCORD_PUBLIC_KEY && { publicKey: config.DISCORD_PUBLIC_KEY }),
            ...(config.DISCORD_API_URL && { apiUrl: config.DISCORD_API_URL }),
            parseMarkdown,
            clock: systemClock,
            ...options,
          });
        },
      }
    : undefined;
  return [slack, discord].filter((diagnosis) => diagnosis !== undefined);
}
