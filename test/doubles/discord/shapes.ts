import { CHANNEL, type Channel, EVERYONE, type Place, type User } from './place.ts';

/** https://discord.com/developers/docs/resources/channel#channel-object-channel-flags */
const REQUIRES_TAG = 1 << 4;

/** A user as Discord's API writes one. */
export function toUser({ id, username, bot }: User) {
  return {
    id,
    username,
    discriminator: '0',
    global_name: null,
    avatar: null,
    public_flags: 0,
    flags: 0,
    primary_guild: null,
    ...(bot && { bot }),
  };
}

export function toMember(place: Place, user: User) {
  return {
    user: toUser(user),
    nick: null,
    avatar: null,
    banner: null,
    roles: [...place.rolesOf(user.id), ...[place.users.get(user.id)?.role ?? []].flat()],
    joined_at: '2024-01-01T00:00:00.000000+00:00',
    premium_since: null,
    communication_disabled_until: null,
    deaf: false,
    mute: false,
    flags: 0,
    pending: false,
  };
}

export function toChannel(channel: Channel): Readonly<Record<string, unknown>> {
  const shared = { id: channel.id, type: CHANNEL[channel.kind], flags: 0, last_message_id: null };
  if (channel.kind === 'direct')
    return { ...shared, recipients: [...channel.members].map((id) => toUser({ id, username: channel.name })) };
  const inGuild = { ...shared, guild_id: channel.guild, name: channel.name };
  if (isThread(channel))
    return {
      ...inGuild,
      parent_id: channel.parent,
      owner_id: channel.owner,
      message_count: 0,
      member_count: 1,
      total_message_sent: 0,
      rate_limit_per_user: 0,
      thread_metadata: {
        archived: channel.archived,
        auto_archive_duration: 4320,
        archive_timestamp: new Date(channel.archivedAt ?? 1_704_067_200_000).toISOString(),
        locked: channel.locked,
      },
      applied_tags: channel.applied,
    };
  const extra =
    channel.kind === 'forum'
      ? {
          available_tags: channel.tags.map((tag) => ({ ...tag, emoji_id: null, emoji_name: null })),
          flags: channel.requiresTag ? REQUIRES_TAG : 0,
          default_sort_order: null,
          default_forum_layout: 0,
          default_reaction_emoji: null,
        }
      : {};
  return {
    ...inGuild,
    ...extra,
    position: 0,
    parent_id: null,
    permission_overwrites: channel.overwrites,
    nsfw: false,
    rate_limit_per_user: 0,
    topic: null,
  };
}

export function isThread({ kind }: Channel): boolean {
  return kind === 'thread' || kind === 'privateThread';
}

export function toRoles({ guildId, botRole, users }: Place) {
  const role = (id: string, name: string, permissions: string) => ({
    id,
    name,
    permissions,
    position: 0,
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    managed: false,
    mentionable: false,
    icon: null,
    unicode_emoji: null,
    flags: 0,
  });
  return [
    role(guildId, '@everyone', String(EVERYONE)),
    role(botRole.id, 'Bellhop', String(botRole.permissions)),
    ...[...users.values()].map((one) => role(one.role, one.user.username, String(one.permissions))),
  ];
}

/** A guild as REST gives it. */
export function toPlainGuild(place: Place) {
  return {
    id: place.guildId,
    name: place.name,
    icon: null,
    splash: null,
    discovery_splash: null,
    owner_id: place.people.owner.id,
    region: 'deprecated',
    afk_channel_id: null,
    afk_timeout: 300,
    verification_level: 0,
    default_message_notifications: 0,
    explicit_content_filter: 0,
    roles: toRoles(place),
    emojis: [],
    features: [],
    mfa_level: 0,
    application_id: null,
    system_channel_id: null,
    system_channel_flags: 0,
    rules_channel_id: null,
    vanity_url_code: null,
    description: null,
    banner: null,
    premium_tier: 0,
    preferred_locale: 'en-US',
    nsfw_level: 0,
    stickers: [],
    nsfw: false,
    premium_progress_bar_enabled: false,
    widget_enabled: false,
    widget_channel_id: null,
    home_header: null,
    max_presences: null,
    max_members: 500_000,
    max_stage_video_channel_users: 50,
    max_video_channel_users: 25,
    premium_subscription_count: 0,
    incidents_data: null,
    public_updates_channel_id: null,
    safety_alerts_channel_id: null,
  };
}

/** A guild as the gateway gives it. */
export function toGuild(place: Place) {
  const channels = [...place.channels.values()];
  return {
    ...toPlainGuild(place),
    joined_at: '2024-01-01T00:00:00.000000+00:00',
    large: false,
    unavailable: false,
    member_count: place.users.size + 1,
    voice_states: [],
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
    members: [toMember(place, place.bot)],
    channels: channels.filter((channel) => !isThread(channel)).map(toChannel),
    threads: channels.filter(isThread).map(toChannel),
  };
}

export function toApplication(
  { application, bot }: Place,
  {
    verifyKey,
    endpoint,
    isPublic,
  }: { readonly verifyKey: string; readonly endpoint: string | null; readonly isPublic: boolean },
) {
  return {
    id: application.id,
    name: application.name,
    icon: null,
    description: '',
    type: null,
    verify_key: verifyKey,
    flags: 0,
    flags_new: '0',
    redirect_uris: [],
    interactions_endpoint_url: endpoint,
    role_connections_verification_url: null,
    owner: toUser(bot),
    approximate_guild_count: 1,
    approximate_user_install_count: 0,
    approximate_user_authorization_count: 0,
    explicit_content_filter: 0,
    team: null,
    eligible_oauth2_scopes: [],
    bot: toUser(bot),
    bot_public: isPublic,
    bot_require_code_grant: false,
  };
}
