import { Refusal } from '../refusal.ts';
import {
  BOT,
  type Json,
  type SlackChannel,
  type SlackMessage,
  type SlackUser,
  TEAM,
  type Workspace,
} from '../workspace.ts';
import { known, type Method, shown } from './chat-methods.ts';

/** `auth.test`, `users.*` and `conversations.*`: what a bot may look up. */
export function createReadMethods(workspace: Workspace): Readonly<Record<string, Method>> {
  return {
    'auth.test': () => ({
      ok: true,
      url: `https://${TEAM.domain}.slack.test/`,
      team: 'Acme',
      team_id: TEAM.id,
      ...(workspace.enterprise && { enterprise_id: workspace.enterprise }),
      user: 'bellhop',
      user_id: BOT.user,
      bot_id: BOT.id,
      is_enterprise_install: false,
    }),
    'users.info'({ user }) {
      const found = workspace.users.get(String(user));
      if (!found) throw new Refusal('user_not_found');
      return { ok: true, user: userShape(found) };
    },
    'users.list': ({ limit = 100, cursor = '0' }) =>
      page('members', [...workspace.users.values()].map(userShape), Number(limit), Number(cursor)),
    'conversations.info': ({ channel }) => ({ ok: true, channel: channelShape(known(workspace, channel)) }),
    'conversations.list'({ types = 'public_channel', exclude_archived, limit = 100, cursor = '0' }) {
      const wanted = String(types).split(',');
      const all = [...workspace.channels.values()].filter(
        ({ kind, joined, archived }) =>
          wanted.includes(TYPES[kind]) &&
          (kind === 'public' || joined) &&
          !(archived && String(exclude_archived) === 'true'),
      );
      return page('channels', all.map(channelShape), Number(limit), Number(cursor));
    },
    'conversations.members'({ channel, limit = 100, cursor = '0' }) {
      const { members, joined: withBot } = known(workspace, channel);
      return page('members', [...members, ...(withBot ? [BOT.user] : [])], Number(limit), Number(cursor));
    },
    'conversations.history'({ channel, oldest = '0', latest = '9', include_all_metadata, limit = 100, cursor = '0' }) {
      const place = joined(workspace, channel);
      const found = workspace.messages
        .filter((message) => message.channel === place.id && (!message.thread_ts || message.thread_ts === message.ts))
        .filter(({ ts }) => ts >= String(oldest) && ts <= String(latest))
        .map((message) => ({ ...withMetadata(shown(message), include_all_metadata), ...repliesTo(message, workspace) }))
        .reverse();
      return page('messages', found, Number(limit), Number(cursor));
    },
    'conversations.replies'({ channel, ts, include_all_metadata, limit = 100, cursor = '0' }) {
      const place = joined(workspace, channel);
      const found = workspace.messages
        .filter((message) => message.channel === place.id && (message.ts === ts || message.thread_ts === ts))
        .map((message) => withMetadata(shown(message), include_all_metadata));
      if (found.length === 0) throw new Refusal('thread_not_found');
      return page('messages', found, Number(limit), Number(cursor));
    },
    'conversations.join'({ channel }) {
      const found = known(workspace, channel);
      if (found.archived) throw new Refusal('is_archived');
      found.joined = true;
      return { ok: true, channel: channelShape(found) };
    },
  };
}

const TYPES = { public: 'public_channel', private: 'private_channel', im: 'im', mpim: 'mpim' } as const;

function joined(workspace: Workspace, text: unknown): SlackChannel {
  const channel = known(workspace, text);
  if (!channel.joined) throw new Refusal('not_in_channel');
  return channel;
}

function page(name: string, all: readonly unknown[], limit: number, from: number): Json {
  if (!(limit >= 1 && limit < 1_000)) throw new Refusal('invalid_limit');
  const next = from + limit < all.length ? String(from + limit) : '';
  const more = name === 'messages' ? { has_more: next !== '' } : {};
  return { ok: true, [name]: all.slice(from, from + limit), ...more, response_metadata: { next_cursor: next } };
}

/** What Slack says of a thread on the message that began it. */
function repliesTo({ channel, ts }: SlackMessage, { messages }: Workspace): Json {
  const replies = messages.filter((each) => each.channel === channel && each.thread_ts === ts && each.ts !== ts);
  const users = [...new Set(replies.map(({ user }) => user))];
  return replies.length ? { reply_count: replies.length, reply_users: users, reply_users_count: users.length } : {};
}

function withMetadata({ metadata, ...message }: Json, wanted: unknown): Json {
  return metadata && String(wanted) === 'true' ? { ...message, metadata } : message;
}

function channelShape({ id, name, kind, archived, joined: isMember }: SlackChannel): Json {
  const kinds = { is_private: kind !== 'public', is_im: kind === 'im', is_mpim: kind === 'mpim' };
  const shape = { id, is_archived: archived, is_member: isMember, ...kinds };
  return kind === 'im' ? { ...shape, user: 'U0MEMBER' } : { ...shape, name, is_channel: true };
}

function userShape({ id, name, realName, kind }: SlackUser): Json {
  return {
    id,
    name,
    real_name: realName,
    team_id: kind === 'foreigner' ? 'T0OTHER' : TEAM.id,
    profile: { display_name: name, real_name: realName },
    tz: 'Europe/Vienna',
    deleted: false,
    is_admin: kind === 'admin' || kind === 'owner',
    is_owner: kind === 'owner',
    is_primary_owner: false,
    is_restricted: kind === 'guest' || kind === 'single-channel guest',
    is_ultra_restricted: kind === 'single-channel guest',
    is_stranger: kind === 'stranger',
    is_bot: kind === 'bot',
  };
}
