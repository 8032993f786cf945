import type { CommandRunner, Reply } from '../../../core/command/command.ts';
import { toText } from '../../../core/command/command-text.ts';
import type { Caller } from '../../../core/command/permission.ts';
import { inlineCode } from '../../../core/message/inline-code.ts';
import { type Message, toMessage } from '../../../core/message/message.ts';
import type { DiscordApi } from '../connection/api.ts';
import { hasCode } from '../connection/to-app-error.ts';
import type { DiscordMessage } from '../message/payload.ts';
import type { DiscordMessages } from '../message/to-discord-messages.ts';
import { toReply } from '../message/to-payload.ts';
import type { Forms } from './forms.ts';
import type { Responder } from './responder.ts';

export interface Asked {
  readonly command: string;
  readonly options: Readonly<Record<string, string>>;
}

export interface Turn {
  readonly caller: Caller;
  readonly respond: Responder;
  /** A form that was filled in cannot be answered with another. */
  readonly formAllowed: boolean;
}

/** Answers with a reply, whole: what one message cannot hold goes on in a second, seen by the same people. */
export interface Answers {
  /** As the first thing said. */
  say(reply: Reply, asked: Asked, turn: Turn): Promise<void>;
  /** In the place of "thinking"; in the channel where it is too late for that. */
  finish(reply: Reply, asked: Asked, turn: Turn): Promise<void>;
}

export interface AnswerParts {
  readonly api: DiscordApi;
  readonly commands: CommandRunner['commands'];
  readonly forms: Forms;
  readonly toPayloads: (message: Message, most?: 1 | 2) => DiscordMessages;
}

const ROWS = 5;
const REFUSED = toMessage({
  severity: 'warning',
  body: 'The command ran, but Discord refuses the form of its answer.',
});

export function createAnswers({ api, commands, forms, toPayloads }: AnswerParts): Answers {
  function toAnswer(
    { message, form, data }: Reply,
    { command, options }: Asked,
    { formAllowed }: Turn,
  ): DiscordMessages {
    const [first, ...continued] = toPayloads(message);
    // What was refused of a filled-in form can be mended without typing all of it again.
    const again = form ?? (!formAllowed && codeOf(data) ? forms.whole(command, options) : undefined);
    if (!again || first.components.length === ROWS) return [first, ...continued];
    return [{ ...first, components: [...first.components, forms.row(again)] }, ...continued];
  }

  /** Where an interaction takes no answer any more. */
  async function post({ channel }: Caller, [first, ...continued]: DiscordMessages): Promise<void> {
    const path = `/channels/${channel}/messages` as const;
    const { id } = await api.request<{ readonly id: string }>('POST', path, { body: first });
    for (const body of continued) await api.request('POST', path, { body: toReply(body, id) });
  }

  function tooLate({ command, options }: Asked): Message {
    const line = toText(command, commands.get(command) ?? { options: {} }, options);
    return toMessage({
      severity: 'warning',
      body: `The answer to ${inlineCode(line)} came too late for Discord. Type it again.`,
    });
  }

  async function goOn(
    continued: readonly DiscordMessage[],
    visibleTo: Reply['visibleTo'],
    { respond }: Turn,
  ): Promise<void> {
    try {
      for (const body of continued) await respond.add(body, visibleTo);
    } catch (error) {
      if (!hasCode(error, 'discord_payload')) throw error;
      await respond.add(toPayloads(REFUSED)[0], 'caller');
    }
  }

  return {
    async say(reply, asked, turn) {
      const [first, ...continued] = toAnswer(reply, asked, turn);
      await turn.respond.say(first, reply.visibleTo);
      await goOn(continued, reply.visibleTo, turn);
    },
    async finish(reply, asked, turn) {
      const [first, ...continued] = toAnswer(reply, asked, turn);
      const { announce, edit, add } = turn.respond;
      const forAll = reply.visibleTo === 'channel';
      try {
        await (forAll ? announce(first) : edit(first));
      } catch (error) {
        const [refused] = toPayloads(REFUSED);
        if (hasCode(error, 'discord_payload')) return forAll ? add(refused, 'caller') : edit(refused);
        if (!hasCode(error, 'discord_interaction_over')) throw error;
        return post(turn.caller, forAll ? [first, ...continued] : toPayloads(tooLate(asked)));
      }
      await goOn(continued, reply.visibleTo, turn);
    },
  };
}

function codeOf(data: unknown): unknown {
  return typeof data === 'object' && data !== null && 'code' in data ? data.code : undefined;
}
