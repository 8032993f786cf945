import type { DiscordClock } from './clock.ts';
import { DiscordFailure } from './failure.ts';
import type { Place } from './place.ts';
import { toUser } from './shapes.ts';

export type Json = Readonly<Record<string, unknown>>;

export interface Component {
  readonly type: number;
  readonly id: number;
  readonly custom_id?: string;
  readonly label?: string;
  readonly url?: string;
  readonly style?: number;
  readonly disabled?: boolean;
  readonly value?: string;
  readonly options?: readonly { readonly label: string; readonly value: string }[];
  readonly components?: readonly Component[];
  readonly component?: Component;
}

export interface Message extends Json {
  readonly id: string;
  readonly channel_id: string;
  readonly content: string;
  readonly embeds: readonly Json[];
  readonly components: readonly Component[];
  readonly flags: number;
  readonly edited_timestamp: string | null;
}

export const EPHEMERAL = 64;
export const LOADING = 128;
const COUNTED = { count_details: { burst: 0, normal: 1 }, burst_colors: [], me_burst: false };
const NONCE_LIFE = 5 * 60_000;

export interface Draft {
  readonly channel: string;
  readonly body: Json;
  readonly flags?: number;
  readonly extra?: Json;
}

interface Reference {
  readonly message_id: string;
  readonly fail_if_not_exists?: boolean;
}

export type Messages = ReturnType<typeof createMessages>;

/** Every message of the double, oldest first. */
export function createMessages(clock: DiscordClock, place: Place) {
  const all = new Map<string, Message>();
  const nonces = new Map<string, { readonly id: string; readonly until: number }>();

  function build({ channel, body, flags = 0, extra = {} }: Draft, id = clock.snowflake()): Message {
    return {
      id,
      channel_id: channel,
      type: 0,
      author: toUser(place.bot),
      content: '',
      attachments: [],
      mentions: [],
      mention_roles: [],
      pinned: false,
      mention_everyone: false,
      tts: false,
      timestamp: stamp(clock),
      edited_timestamp: null,
      components: [],
      embeds: [],
      ...shown(body),
      ...extra,
      flags,
    };
  }

  /** What makes a message a reply; to a message that is gone it is none, or refused. */
  function replying({ channel, body }: Draft): Json {
    const reference = body.message_reference as Reference | undefined;
    if (!reference) return {};
    const target = all.get(reference.message_id);
    if (target?.channel_id === channel)
      return {
        type: 19,
        message_reference: { type: 0, message_id: target.id, channel_id: channel, guild_id: place.guildId },
        referenced_message: target,
      };
    if (reference.fail_if_not_exists !== false) throw new DiscordFailure(50035, ['message_reference: Unknown message']);
    return {};
  }

  return {
    create(draft: Draft): Message {
      const { nonce, enforce_nonce: enforced } = draft.body;
      const key = `${draft.channel} ${nonce}`;
      const earlier = nonces.get(key);
      if (enforced && earlier && earlier.until > clock.pushed()) {
        const found = all.get(earlier.id);
        if (!found) throw new DiscordFailure(10008);
        return found;
      }
      const message = build({ ...draft, extra: { ...replying(draft), ...draft.extra } });
      all.set(message.id, message);
      if (nonce === undefined) return message;
      nonces.set(key, { id: message.id, until: clock.pushed() + NONCE_LIFE });
      // Discord tells the nonce to whoever sent it, and forgets it.
      return { ...message, nonce };
    },
    /** Forgets every nonce, as Discord does after some minutes. */
    forgetNonces: (): void => nonces.clear(),
    get(channel: string, id: string): Message {
      const message = all.get(id);
      if (message?.channel_id !== channel) throw new DiscordFailure(10008);
      return message;
    },
    edit(id: string, body: Json, flags?: number): Message {
      const message = all.get(id);
      if (!message) throw new DiscordFailure(10008);
      const edited = { ...message, ...shown(body), edited_timestamp: stamp(clock), flags: flags ?? message.flags };
      all.set(id, edited);
      return edited;
    },
    /** Puts a reaction on a message: how many did, and whether the bot is one of them. */
    react(id: string, reaction: { readonly count: number; readonly me: boolean }): void {
      const message = all.get(id);
      if (!message) throw new DiscordFailure(10008);
      all.set(id, { ...message, reactions: [{ emoji: { id: null, name: '🎉' }, ...COUNTED, ...reaction }] });
    },
    remove(id: string): void {
      if (!all.delete(id)) throw new DiscordFailure(10008);
    },
    /** What everybody in a channel sees, oldest first. */
    in: (channel: string): readonly Message[] =>
      [...all.values()].filter((message) => message.channel_id === channel && !(message.flags & EPHEMERAL)),
    all: (): readonly Message[] => [...all.values()],
  };
}

/** The parts of a request that a message shows, as Discord gives them back. */
function shown({ content, embeds, components, attachments }: Json): Json {
  let next = 1;
  const number = (given: readonly Component[]): readonly Component[] =>
    given.map((component) => ({
      ...(component.type === 3 && { min_values: 1, max_values: 1 }),
      ...component,
      id: component.id || next++,
      ...(component.components && { components: number(component.components) }),
    }));
  return {
    ...(content !== undefined && { content: content ?? '' }),
    ...(Array.isArray(embeds) && { embeds: embeds.map((embed) => ({ type: 'rich', ...embed })) }),
    ...(Array.isArray(components) && { components: number(components) }),
    ...(Array.isArray(attachments) && { attachments: [] }),
  };
}

function stamp(clock: DiscordClock): string {
  return new Date(clock.now()).toISOString().replace('Z', '000+00:00');
}
