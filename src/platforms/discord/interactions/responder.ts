import { AppError } from '../../../core/errors.ts';
import type { DiscordApi } from '../connection/api.ts';
import type { Interaction } from '../connection/interaction.ts';
import { hasCode } from '../connection/to-app-error.ts';
import type { DiscordMessage } from '../message/payload.ts';
import type { DiscordMessages } from '../message/to-discord-messages.ts';
import { toReply } from '../message/to-payload.ts';
import { sendLeniently } from '../posting/send-leniently.ts';
import { writeDirectly } from './direct-message.ts';
import type { Manner } from './manner.ts';
import { createWire, seenBy, type VisibleTo } from './wire.ts';

/** Answers one interaction. Throws `AppError` when the answer reaches nobody. */
export interface Responder {
  /** Shows that an answer is on its way, as the first answer. */
  begin(): Promise<void>;
  /** Says something, as the first answer or after `begin`. What is for the caller alone never reaches a channel. */
  say(messages: DiscordMessages, visibleTo: VisibleTo): Promise<void>;
  open(modal: object): Promise<void>;
  complete(choices: readonly { readonly name: string; readonly value: string }[]): Promise<void>;
}

export interface ResponderParts {
  readonly api: DiscordApi;
  readonly interaction: Pick<Interaction, 'id' | 'token'>;
  readonly applicationId: string;
  readonly user: string;
  /** The channel that the interaction came from. */
  readonly channel: string;
  readonly manner: Manner;
  /** What is said in place of a message that Discord refuses in every form. */
  readonly refused: DiscordMessage;
}

const NO_PINGS = { allowed_mentions: { parse: [] } };

export function createResponder(parts: ResponderParts): Responder {
  const { api, interaction, applicationId, user, channel, manner, refused } = parts;
  const wire = createWire(api, interaction, applicationId);
  /** What stands in the place of the first answer. */
  let answer: 'none' | 'waiting' | 'said' | 'removed' = 'none';

  async function begin(): Promise<void> {
    if (answer !== 'none') return;
    if (manner.kind === 'new') await wire.respond('thinking', seenBy('caller', {}));
    // Without its buttons a page cannot be turned twice, nor a question answered twice.
    else await wire.respond('update', { ...NO_PINGS, components: manner.kind === 'beside' ? manner.rows : [] });
    answer = 'waiting';
  }

  async function sayToCaller(message: DiscordMessage): Promise<void> {
    if (manner.kind === 'beside') await begin();
    if (manner.kind === 'beside' || answer === 'said' || answer === 'removed') return wire.followUp(message, 'caller');
    if (answer === 'waiting') await wire.edit(message);
    else if (manner.kind === 'new') await wire.respond('message', seenBy('caller', message));
    else await wire.respond('update', message);
    answer = 'said';
  }

  async function sayToChannel(message: DiscordMessage): Promise<void> {
    if (manner.kind === 'new' && answer === 'none') {
      await wire.respond('message', message);
      answer = 'said';
      return;
    }
    await begin();
    // A follow-up to "thinking" would take its place, and be as hidden as it is.
    if (manner.kind === 'new' && answer === 'waiting') await wire.remove();
    answer = manner.kind === 'new' ? 'removed' : 'said';
    await wire.followUp(message, 'channel');
  }

  async function sayFirst(first: DiscordMessage, visibleTo: VisibleTo): Promise<void> {
    await sendLeniently(first, {
      send: visibleTo === 'channel' ? sayToChannel : sayToCaller,
      otherwise: [() => sayToCaller(refused)],
    });
  }

  async function sayMore(more: DiscordMessage, visibleTo: VisibleTo): Promise<void> {
    await sendLeniently(more, {
      send: (message) => wire.followUp(message, visibleTo),
      otherwise: [() => wire.followUp(refused, 'caller')],
    });
  }

  /** Says in another way what Discord did not accept, once it shows that an answer is on its way. */
  async function sayOtherwise(
    messages: readonly DiscordMessage[],
    visibleTo: VisibleTo,
    reason: AppError,
  ): Promise<void> {
    const over = hasCode(reason, 'discord_interaction_over');
    const ways = [
      ...(over && visibleTo === 'channel' ? [() => post(messages)] : []),
      ...(over ? [] : [() => whisper(messages)]),
      () => writeDirectly(api, { user, messages: explained(messages), nonce: interaction.id }),
    ];
    let failure: unknown = reason;
    for (const way of ways) {
      try {
        return await way();
      } catch (error) {
        failure = error;
      }
    }
    throw failure;
  }

  async function whisper(messages: readonly DiscordMessage[]): Promise<void> {
    for (const message of messages) await wire.followUp(message, 'caller');
  }

  async function post([first, ...rest]: readonly DiscordMessage[]): Promise<void> {
    const path = `/channels/${channel}/messages` as const;
    const { id } = await api.request<{ readonly id: string }>('POST', path, { body: first });
    for (const more of rest) await api.request('POST', path, { body: toReply(more, id) });
  }

  function explained(messages: readonly DiscordMessage[]): readonly DiscordMessage[] {
    const note = `This is the answer to your command in <#${channel}>. Discord did not show it there.`;
    return messages.map((message, index) =>
      index === 0 ? { ...message, content: [note, message.content].filter(Boolean).join('\n') } : message,
    );
  }

  return {
    begin,
    async say(messages, visibleTo) {
      let said = 0;
      try {
        for (const message of messages) {
          await (said === 0 ? sayFirst : sayMore)(message, visibleTo);
          said++;
        }
      } catch (error) {
        // Where nothing was begun, Discord itself shows the person that it failed, and they will ask again.
        if (answer === 'none' || !(error instanceof AppError)) throw error;
        await sayOtherwise(messages.slice(said), visibleTo, error);
      }
    },
    open: (modal) => wire.respond('modal', modal),
    complete: (choices) => wire.respond('choices', { choices }),
  };
}
