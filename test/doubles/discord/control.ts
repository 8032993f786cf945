import type { RegisteredCommand } from './command-limits.ts';
import { type Exchange, INTERACTION } from './exchange.ts';
import type { Interactions } from './interactions.ts';
import { type Json, LOADING, type Message, type Messages } from './messages.ts';
import { buttonOf, mayUse, optionOf, type Typed, toCommandData, toSubmission } from './people.ts';
import type { Place, User } from './place.ts';

export interface Where {
  readonly user?: User;
  readonly channel?: string;
  /** Sends it even where Discord's own app would not let them. */
  readonly force?: boolean;
}

export interface ControlParts {
  readonly place: Place;
  readonly messages: Messages;
  readonly interactions: Interactions;
  readonly commands: () => readonly RegisteredCommand[];
  readonly send: (parts: Pick<Exchange, 'type' | 'user' | 'channel' | 'source'>, data: Json) => Exchange;
}

/** What the people of the double do: type, click, choose, fill in. */
export function createControl({ place, messages, interactions, commands, send }: ControlParts) {
  const whereabouts = ({ user = place.people.member, channel = 'ops' }: Where) => ({
    user,
    channel: place.named(channel),
  });

  const acknowledged = async (exchange: Exchange): Promise<Exchange> =>
    interactions.until(() => (exchange.acknowledged === undefined ? undefined : exchange), 'a first answer');

  function guard(name: string, { force = false, ...where }: Where): void {
    const command = commands().find((candidate) => candidate.name === name);
    const { user, channel } = whereabouts(where);
    if (command && !force && !mayUse(place, command, user, channel))
      throw new Error(`Discord does not show ${name} to ${user.username}`);
  }

  function mustSee(message: Message, exchange: Where): void {
    if (!messages.all().some(({ id }) => id === message.id)) throw new Error('that message is gone');
    if (exchange.channel && place.named(exchange.channel).id !== message.channel_id)
      throw new Error('that message is elsewhere');
  }

  return {
    /** Types a command and waits for the first answer. */
    async type(path: string, options: Typed = {}, where: Where = {}): Promise<Exchange> {
      guard(path.replace(/^\//, '').split(' ')[0] ?? '', where);
      return acknowledged(
        send({ type: INTERACTION.command, ...whereabouts(where) }, toCommandData(commands(), path, options)),
      );
    },
    /** What completes an option of a command while it is typed. */
    async complete(
      path: string,
      focused: string,
      typed: string,
      { options = {}, ...where }: Where & { readonly options?: Typed } = {},
    ) {
      const data = toCommandData(commands(), path, { ...options, [focused]: typed }, focused);
      const exchange = await acknowledged(send({ type: INTERACTION.complete, ...whereabouts(where) }, data));
      return exchange.choices ?? [];
    },
    async click(message: Message, label: string, where: Where = {}): Promise<Exchange> {
      mustSee(message, where);
      const { custom_id: id } = buttonOf(message, label);
      const channel = message.channel_id;
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
          { type: INTERACTION.component, ...whereabouts({ ...where, channel: message.channel_id }), source: message },
          data,
        ),
      );
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
        send({ type: INTERACTION.command, ...whereabouts({ ...where, channel: message.channel_id }) }, data),
      );
    },
    /** Sends an interaction as it is, however strange, without waiting. */
    inject: (type: number, data: Json, where: Where & { readonly source?: Message } = {}): Exchange =>
      send({ type, ...whereabouts(where), ...(where.source && { source: where.source }) }, data),
    /** The message that answers, once it says something. */
    answer: async (exchange: Exchange): Promise<Message> =>
      interactions.until(() => {
        const all = messages.all();
        const original = all.find(({ id }) => id === exchange.original);
        if (original && original !== exchange.source && !(original.flags & LOADING)) return original;
        return all.find(({ id }) => id === exchange.followups[0]);
      }, 'an answer'),
  };
}
