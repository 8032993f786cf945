import { badRequest } from '../../core/errors.ts';
import type { PlatformDescriptor } from '../../core/platform/descriptor.ts';
import { createSlackPlatform } from './create-slack-platform.ts';
import { diagnoseSlack } from './diagnose-slack.ts';
import { toLink, toManifest } from './manifest.ts';
import { toSlackMessage } from './message/to-slack-message.ts';

export interface SlackEnvironment {
  readonly SLACK_BOT_TOKEN?: string | undefined;
  readonly SLACK_APP_TOKEN?: string | undefined;
  readonly SLACK_SIGNING_SECRET?: string | undefined;
  readonly SLACK_API_URL?: string | undefined;
}

export const slack: PlatformDescriptor<SlackEnvironment> = {
  name: 'slack',
  title: 'Slack',
  toPayloads: (message, parts) => [toSlackMessage(message, parts)],

  connect(environment, { clock, log, parseMarkdown, readEnvironment, claims }) {
    const { botToken } = toTokens(environment);
    if (!botToken) {
      if (environment.SLACK_APP_TOKEN || environment.SLACK_SIGNING_SECRET)
        log.warn({ platform: 'slack' }, 'Slack is left out: set `SLACK_BOT_TOKEN` too.');
      return undefined;
    }
    const platform = createSlackPlatform({
      ...toAccess(environment),
      botToken,
      readTokens: () => toTokens(readEnvironment()),
      parseMarkdown,
      clock,
      log,
      ...(claims && { claims }),
    });
    return {
      platform,
      ...(environment.SLACK_SIGNING_SECRET && {
        entrance: { path: '/slack/events', listener: platform.requestListener },
      }),
    };
  },

  diagnose(environment) {
    const { botToken } = toTokens(environment);
    return botToken ? (options) => diagnoseSlack({ ...toAccess(environment), botToken, ...options }) : undefined;
  },

  manifest(reached) {
    const content = toManifest(
      reached.http ? { mode: 'http', publicUrl: reachable(reached.publicUrl) } : { mode: 'socket' },
    );
    return { content, link: toLink(content) };
  },
};

function toTokens({ SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: appToken }: SlackEnvironment) {
  return { ...(botToken && { botToken }), ...(appToken && { appToken }) };
}

function toAccess(environment: SlackEnvironment) {
  const { SLACK_SIGNING_SECRET: signingSecret, SLACK_API_URL: apiUrl } = environment;
  return { ...toTokens(environment), ...(signingSecret && { signingSecret }), ...(apiUrl && { apiUrl }) };
}

function reachable(publicUrl: string | undefined): string {
  if (publicUrl?.startsWith('https:')) return publicUrl;
  throw badRequest(
    'Over HTTP Slack must reach Bellhop: set PUBLIC_URL or `/webhook address` to an `https` address, or leave `--http` out.',
  );
}
