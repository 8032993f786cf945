import type { RegisteredCommand } from './command-limits.ts';
import { type Exchange, INTERACTION } from './exchange.ts';
import type { Interactions } from './interactions.ts';
import type { Json, Message, Messages } from './messages.ts';
import { buttonOf, mayUse, optionOf, type Typed, toCommandData, toSubmission } from './people.ts';
import type { Channel, Place, User } from './place.ts';
import type { Realm } from './realm.ts';
import { toUser } from './shapes.ts';

export interface Where {
  readonly user?: User;
  /** A channel's name on the guild, or any channel. */
  readonly channel?: string | Channel;
  /** Another guild than the first. */
  readonly on?: Place;
  /** Sends it even where Discord's own app would not let them. */
  readonly force?: boolean;
}

export interface ControlParts {
  readonly realm: Realm;
  readonly messages: Messages;
  readonly interactions: Interactions;
  readonly commands: () => readonly RegisteredCommand[];
  readonly send: (parts: Pick<Exchange, 'type' | 'user' | 'channel' | 'source'>, data: Json) => Exchange;
}

/** What the people of the double do: type, click, choose, fill in. */
export function createControl({ realm, messages, interactions, commands, send }: ControlParts) {
  const whereabouts = ({ on = realm.home, user = on.people.member, channel = 'ops' }: Where) => ({
    user,
    channel: typeof channel === 'string' ? on.named(channel) : channel,
  });

  const placeAt = (where: Where): Place => realm.placeOf(whereabouts(where).channel);

  const channelOf = (message: Message): Channel => {
    const channel = realm.channel(message.channel_id);
    if (!channel) throw new Error('that channel is gone');
    return channel;
  };

  const acknowledged = async (exchange: Exchange): Promise<Exchange> =>
    interactions.until(() => (exchange.acknowledged === undefined ? undefined : exchange), 'a first answer');

  function guard(name: string, { force = false, ...where }: Where): void {
    const command = commands().find((candidate) => candidate.name === name);
    const { user, channel } = whereabouts(where);
    if (command && !force && !mayUse(realm.placeOf(channel), command, user, channel))
      throw new Error(`Discord does not show ${name} to ${user.username}`);
  }

  function mustSee(message: Message, exchange: Where): void {
    if (!messages.all().some(({ id }) => id === message.id)) throw new Error('that message is gone');
    if (exchange.channel && whereabouts(exchange).channel.id !== message.channel_id)
      throw new Error('that message is elsewhere');
  }

  return {
    /** Types a command and waits for the first answer. */
    async type(path: string, options: Typed = {}, where: Where = {}): Promise<Exchange> {
      guard(path.replace(/^\//, '').split(' ')[0] ?? '', where);
      return acknowledged(
        send(
          { type: INTERACTION.command, ...whereabouts(where) },
          toCommandData(placeAt(where), commands(), path, options),
        ),
      );
    },
    /** What completes an option of a command while it is typed. */
    async complete(
      path: string,
      focused: string,
      typed: string,
      { options = {}, ...where }: Where & { readonly options?: Typed } = {},
    ) {
      const data = toCommandData(placeAt(where), commands(), path, { ...options, [focused]: typed }, focused);
      const exchange = await acknowledged(send({ type: INTERACTION.complete, ...whereabouts(where) }, data));
      return exchange.choices ?? [];
    },
    async click(message: Message, label: string, where: Where = {}): Promise<Exchange> {
      mustSee(message, where);
      const { custom_id: id } = buttonOf(message, label);
      const channel = channelOf(message);
      return acknowledged(
        send(
          { type: INTERACTION.component, ...whereabouts({ ...where, channel }), source: message },
          { custom_id: id, component_type: 2 },
        ),
      );
    },
    async choose(message: Message, label: string, where: Where = {}): Promise<Exchange> {
      mustSee(message, where);
      const { menu, value } = optionOf(message, label);
      const data = { custom_id: menu.custom_id, component_type: 3, values: [value] };
      return acknowledged(
        send(
          { type: INTERACTION.component, ...whereabouts({ ...where, channel: channelOf(message) }), source: message },
          data,
        ),
      );
    },
    react: messages.react,
    /** Somebody replies to a message. */
    replyTo(message: Message): Message {
      const channel = channelOf(message);
      const { user } = whereabouts({ channel });
      const body = { content: 'Thanks!', message_reference: { message_id: message.id } };
      return messages.create({ channel: channel.id, body, extra: { author: toUser(user) } });
    },
    /** Somebody, or the bot itself, writes in the thread of a message, and begins it where there is none. */
    answerInThread(message: Message, who?: 'bot'): Message {
      const parent = channelOf(message);
      const place = realm.placeOf(parent);
      const { user } = whereabouts({ channel: parent });
      const begin = () =>
        place.addChannel('Talk', { kind: 'thread', parent: parent.id, owner: user.id, id: message.id });
      const { id } = realm.channel(message.id) ?? begin();
      const author = toUser(who === 'bot' ? place.bot : user);
      return messages.create({ channel: id, body: { content: 'Who looks at this?' }, extra: { author } });
    },
    /** Fills in the modal that an exchange was answered with. */
    async submit(
      { modal, user, channel, source }: Exchange,
      filled: Readonly<Record<string, string>> = {},
    ): Promise<Exchange> {
      if (!modal) throw new Error('there is no modal to submit');
      return acknowledged(
        send({ type: INTERACTION.modal, user, channel, ...(source && { source }) }, toSubmission(modal, filled)),
      );
    },
    /** Uses a command of the message menu ("Apps"). */
    async apps(name: string, message: Message, where: Where = {}): Promise<Exchange> {
      guard(name, where);
      const command = commands().find((candidate) => candidate.name === name && candidate.type === 3);
      if (!command) throw new Error(`${name} is not registered`);
      const data = {
        id: command.id,
        name,
        type: 3,
        target_id: message.id,
        resolved: { messages: { [message.id]: message } },
      };
      return acknowledged(
        send({ type: INTERACTION.command, ...whereabouts({ ...where, channel: channelOf(message) }) }, data),
      );
    },
    /** Sends an interaction as it is, however strange, without waiting. */
    inject: (type: number, data: Json, where: Where & { readonly source?: Message } = {}): Exchange =>
      send({ type, ...whereabouts(where), ...(where.source && { source: where.source }) }, data),
    /** The message that answers, once it says something. */
    answer: async (exchange: Exchange): Promise<Message> =>
      interactions.until(() => {
        const all = messages.all();
        return exchange.told.map((told) => all.find(({ id }) => id === told)).find(Boolean);
      }, 'an answer'),
  };
}
