import { Refusal } from '../refusal.ts';
import { BOT, type Json, type SlackChannel, type SlackMessage, TEAM, type Workspace } from '../workspace.ts';

export type Method = (args: Json) => Json;
export type Validate = (payload: Json) => readonly string[];

const TEXT_LIMIT = 40_000;
const UPDATE_TEXT_LIMIT = 4_000;

/** `chat.*`: what a bot may say, where, and how large. */
export function createChatMethods(workspace: Workspace, validate: Validate): Readonly<Record<string, Method>> {
  const find = (channel: string, ts: unknown) =>
    workspace.messages.find((message) => message.channel === channel && message.ts === ts);

  return {
    'chat.postMessage'(args) {
      const channel = writable(workspace, args.channel);
      const content = checked(args, validate);
      const message = { ts: workspace.nextTs(), channel: channel.id, ...byBot, ...content };
      workspace.messages.push(message);
      return { ok: true, channel: channel.id, ts: message.ts, message: shown(message), ...warnings(args) };
    },
    'chat.postEphemeral'(args) {
      const channel = writable(workspace, args.channel);
      if (!workspace.users.has(String(args.user))) throw new Refusal('user_not_in_channel');
      const content = checked(args, validate);
      const message = { ts: workspace.nextTs(), channel: channel.id, ...byBot, ...content };
      workspace.ephemerals.push({ ...message, seenBy: String(args.user) });
      return { ok: true, message_ts: message.ts };
    },
    'chat.update'(args) {
      const channel = writable(workspace, args.channel);
      const message = find(channel.id, args.ts);
      if (!message) throw new Refusal('message_not_found');
      if (message.bot_id !== BOT.id) throw new Refusal('cant_update_message');
      if (Buffer.byteLength(String(args.text ?? '')) > UPDATE_TEXT_LIMIT) throw new Refusal('msg_too_long');
      const { thread_ts: _, metadata, ...content } = checked(args, validate);
      // Slack takes blocks away when an edit brings text alone, and leaves attachments that are not named.
      if (!content.blocks) delete message.blocks;
      Object.assign(message, content, metadata && { metadata }, { edited: { user: BOT.user, ts: workspace.nextTs() } });
      return { ok: true, channel: channel.id, ts: message.ts, text: message.text, message: shown(message) };
    },
    'chat.getPermalink'({ channel: place, message_ts: ts }) {
      const channel = known(workspace, place);
      if (!find(channel.id, ts)) throw new Refusal('message_not_found');
      const address = `https://${TEAM.domain}.slack.test/archives/${channel.id}/p${String(ts).replace('.', '')}`;
      return { ok: true, channel: channel.id, permalink: address };
    },
    'chat.delete'(args) {
      const channel = known(workspace, args.channel);
      const message = find(channel.id, args.ts);
      if (!message) throw new Refusal('message_not_found');
      workspace.messages.splice(workspace.messages.indexOf(message), 1);
      return { ok: true, channel: channel.id, ts: message.ts };
    },
  };
}

const byBot = { user: BOT.user, bot_id: BOT.id };

export function known(workspace: Workspace, text: unknown): SlackChannel {
  const channel =
    workspace.channels.get(String(text)) ?? (/^#/.test(String(text)) && workspace.channelOf(String(text)));
  if (!channel || (channel.kind === 'private' && !channel.joined)) throw new Refusal('channel_not_found');
  return channel;
}

function writable(workspace: Workspace, text: unknown): SlackChannel {
  const channel = known(workspace, text);
  if (channel.archived) throw new Refusal('is_archived');
  if (!channel.joined) throw new Refusal('not_in_channel');
  if (channel.readOnly) throw new Refusal('restricted_action_read_only_channel');
  return channel;
}

/** What a payload says, if Slack would take it. Used for response URLs as well. */
export function checked(args: Json, validate: Validate) {
  const blocks = list(args.blocks, 'invalid_blocks_format');
  const attachments = list(args.attachments, 'invalid_attachments');
  const text = typeof args.text === 'string' ? args.text : '';
  if (!text && !blocks?.length && !attachments?.length) throw new Refusal('no_text');
  if ((attachments?.length ?? 0) > 100) throw new Refusal('too_many_attachments');
  const problems = validate({ ...args, ...(blocks && { blocks }), ...(attachments && { attachments }) });
  if (problems.length > 0) {
    const messages = problems.map((problem) => `[ERROR] ${problem}`);
    throw new Refusal('invalid_blocks', { errors: problems, response_metadata: { messages } });
  }
  return {
    text: text.slice(0, TEXT_LIMIT),
    ...(blocks && { blocks }),
    ...(attachments && { attachments }),
    ...(args.thread_ts !== undefined && { thread_ts: String(args.thread_ts) }),
    ...(args.metadata !== undefined && { metadata: args.metadata as Json }),
  };
}

function list(value: unknown, error: string): readonly Json[] | undefined {
  if (value === undefined) return undefined;
  if (!Array.isArray(value)) throw new Refusal(error);
  return value;
}

export function shown({ channel: _, ...message }: SlackMessage): Json {
  return { type: 'message', app_id: BOT.app, ...message };
}

const warnings = ({ text }: Json) =>
  String(text ?? '').length > TEXT_LIMIT ? { response_metadata: { warnings: ['message_truncated'] } } : {};
