import { PREFIX } from '../../core/command/command-text.ts';
import { WHY } from './conversation/listen.ts';
import { SLACK_SCOPES } from './scopes.ts';

export type ManifestOptions = { readonly mode: 'socket' } | { readonly mode: 'http'; readonly publicUrl: string };

const SLACK_PATH = '/slack/events';

/** The manifest of the Slack app, to paste at https://api.slack.com/apps under "From a manifest". */
export function toManifest(options: ManifestOptions) {
  const address = options.mode === 'http' ? `${options.publicUrl}${SLACK_PATH}` : undefined;
  const request = address ? { request_url: address } : {};
  return {
    _metadata: { major_version: 2, minor_version: 1 },
    display_information: {
      name: 'Bellhop',
      description: 'Brings webhooks into your channels: verified, kept, and run from the chat.',
      background_color: '#1f2937',
    },
    features: {
      // Answers to what is done on the Home tab come as direct messages.
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      bot_user: { display_name: 'bellhop', always_online: true },
      slash_commands: [
        {
          command: PREFIX,
          description: 'Webhooks in this channel: make, mute, look up, replay',
          usage_hint: 'new github in #ops · mute … for 2h · history · why · help',
          // Channels arrive by id, so that private and renamed ones are found.
          should_escape: true,
          ...(address && { url: address }),
        },
      ],
      shortcuts: [
        {
          name: 'Why did I see this?',
          type: 'message',
          callback_id: WHY,
          description: 'Says why Bellhop posted a message',
        },
      ],
    },
    oauth_config: { scopes: { bot: Object.keys(SLACK_SCOPES) } },
    settings: {
      event_subscriptions: { ...request, bot_events: ['app_home_opened', 'channel_rename', 'group_rename'] },
      interactivity: { is_enabled: true, ...request, ...(address && { message_menu_options_url: address }) },
      org_deploy_enabled: false,
      socket_mode_enabled: options.mode === 'socket',
      token_rotation_enabled: false,
    },
  };
}

/** Opens Slack's own form for a new app with the manifest filled in. https://api.slack.com/reference/manifests#sharing */
export function toLink(manifest: object): string {
  return `https://api.slack.com/apps?new_app=1&manifest_json=${encodeURIComponent(JSON.stringify(manifest))}`;
}
