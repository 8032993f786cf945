export type Json = Readonly<Record<string, unknown>>;
export type Kind = 'member' | 'admin' | 'owner' | 'guest' | 'single-channel guest' | 'stranger' | 'foreigner' | 'bot';

export interface SlackUser {
  readonly id: string;
  readonly name: string;
  readonly realName: string;
  kind: Kind;
}

export interface SlackChannel {
  readonly id: string;
  name: string;
  readonly kind: 'public' | 'private' | 'im' | 'mpim';
  archived: boolean;
  /** Who may post there besides people: whether the bot was invited. */
  joined: boolean;
  /** Who is in it besides the bot. Everybody but guests sees a public channel all the same. */
  members: readonly string[];
  readOnly: boolean;
}

export interface SlackMessage {
  readonly ts: string;
  readonly channel: string;
  readonly user: string;
  readonly bot_id?: string;
  text: string;
  blocks?: readonly Json[];
  attachments?: readonly Json[];
  thread_ts?: string;
  metadata?: Json;
  edited?: Json;
  reactions?: { readonly name: string; readonly count: number; readonly users: readonly string[] }[];
}

export interface Ephemeral extends SlackMessage {
  readonly seenBy: string;
}

export interface SlackView {
  readonly id: string;
  readonly type: 'modal' | 'home';
  readonly user: string;
  /** Where its person was when it opened. */
  readonly channel?: string;
  hash: string;
  content: Json;
}

export const TEAM = { id: 'T0ACME', domain: 'acme' } as const;
export const BOT = { user: 'U0BELLHOP', id: 'B0BELLHOP', app: 'A0BELLHOP' } as const;

/** Everything Slack keeps of one workspace. */
export type Workspace = ReturnType<typeof createWorkspace>;

export function createWorkspace(now: () => number) {
  const users = new Map<string, SlackUser>();
  const channels = new Map<string, SlackChannel>();
  let serial = 0;

  const addUser = (name: string, kind: Kind = 'member', realName = name) => {
    const user = { id: `U0${name.toUpperCase().replace(/\W/g, '')}`, name, realName, kind };
    users.set(user.id, user);
    return user;
  };
  const addChannel = (name: string, parts: Partial<Omit<SlackChannel, 'id' | 'name'>> = {}) => {
    const prefix = parts.kind === 'im' ? 'D' : 'C';
    const members = parts.kind === 'im' ? ['U0MEMBER'] : ['U0MEMBER', 'U0ADMIN', 'U0OWNER'];
    const id = `${prefix}0${name.toUpperCase().replace(/\W/g, '')}`;
    const usual = { kind: 'public' as const, archived: false, joined: true, members, readOnly: false };
    const channel = { id, name, ...usual, ...parts };
    channels.set(id, channel);
    return channel;
  };

  for (const kind of ['member', 'admin', 'owner', 'guest', 'stranger', 'foreigner'] as const) addUser(kind, kind);
  users.set(BOT.user, { id: BOT.user, name: 'bellhop', realName: 'Bellhop', kind: 'bot' });
  addChannel('ops');
  addChannel('deploys');
  addChannel('secret', { kind: 'private' });
  addChannel('elsewhere', { joined: false });
  addChannel('hidden', { kind: 'private', joined: false });
  addChannel('attic', { archived: true });
  addChannel('announcements', { readOnly: true });
  addChannel('dm-member', { kind: 'im' });

  return {
    /** The organization it is part of. */
    enterprise: undefined as string | undefined,
    users,
    channels,
    messages: [] as SlackMessage[],
    ephemerals: [] as Ephemeral[],
    views: new Map<string, SlackView>(),
    homes: new Map<string, SlackView>(),
    addUser,
    addChannel,
    /** Seconds and a serial number, as Slack names messages. */
    nextTs: () => `${Math.floor(now() / 1000)}.${String(++serial).padStart(6, '0')}`,
    nextId: (prefix: string) => `${prefix}${String(++serial).padStart(8, '0')}`,
    channelOf: (text: string) =>
      channels.get(text) ?? [...channels.values()].find(({ name }) => name === text.replace(/^#/, '')),
    userOf: (text: string) => users.get(text) ?? [...users.values()].find(({ name }) => name === text),
  };
}
