import type { Command, CommandRunner } from '../../../core/command/command.ts';
import { toText } from '../../../core/command/command-text.ts';
import type { Caller } from '../../../core/command/permission.ts';
import { AppError } from '../../../core/errors.ts';
import type { Log } from '../../../core/log.ts';
import { decodeAction } from '../../../core/message/action-text.ts';
import { inlineCode } from '../../../core/message/markdown/inline-code.ts';
import { type Message, toMessage } from '../../../core/message/message.ts';
import type { DiscordApi } from '../connection/api.ts';
import type { Interaction, InteractionData } from '../connection/interaction.ts';
import { within } from '../connection/within.ts';
import type { ShortNames } from '../message/short-names.ts';
import type { DiscordMessages } from '../message/to-discord-messages.ts';
import { markedRow } from '../posting/marks.ts';
import type { Admission } from './admission.ts';
import { type Asked, createAnswers, type Turn } from './answers.ts';
import { toChoices } from './choices.ts';
import type { Confirming } from './confirmation.ts';
import { createForms } from './forms.ts';
import { type Manner, mannerOf, replyMark } from './manner.ts';
import { eventOf, firstLineOf, readCommand, readFields } from './read-interaction.ts';
import { createResponder, type Responder } from './responder.ts';
import { ACTIONS, CONFIRM } from './to-application-commands.ts';

export interface InteractionParts {
  readonly api: DiscordApi;
  readonly run: CommandRunner;
  readonly names: ShortNames;
  readonly applicationId: string;
  readonly botId: string;
  readonly toPayloads: (message: Message, most?: 1 | 2) => DiscordMessages;
  readonly admit: (interaction: Interaction) => Promise<Admission>;
  readonly confirmServer: (confirming: Confirming) => Promise<Message>;
  readonly log: Log;
}

const KINDS = { command: 2, component: 3, completion: 4, modal: 5 } as const;
const MESSAGE_COMMAND = 3;
/** Discord wants a first answer within three seconds. */
const FIRST_ANSWER = 2_000;
const FORGOTTEN = 'Bellhop has restarted since and no longer knows what this button did. Type the command instead.';
const STRANGE =
  'This message is not about an event, so there is nothing to explain. Use it on a message that Bellhop posted for a webhook.';
const REFUSED =
  'The command ran, but Discord rejects the format of its answer. Check on Bellhop’s page what it did before you run it again.';
const SERVED = 'Bellhop serves this server already.';

/** Turns what people type, click and fill in into commands, and their replies into answers. Never rejects. */
export function createInteractions({
  api,
  run,
  names,
  applicationId,
  botId,
  toPayloads,
  admit,
  confirmServer,
  log,
}: InteractionParts): (interaction: Interaction) => Promise<void> {
  const forms = createForms(run, names);
  const toAnswer = createAnswers({ forms, toPayloads });
  const [refused] = toPayloads(warning(REFUSED));

  async function handle(interaction: Interaction): Promise<void> {
    const { type } = interaction;
    try {
      const admission = await admit(interaction);
      if ('refusal' in admission) return await turnAway(interaction, admission.refusal);
      const turn = (command: string) => toTurn(interaction, admission.caller, command);
      const data = interaction.data ?? {};
      if (type === KINDS.completion) return await complete(data, turn(''));
      if (type === KINDS.command && data.type === MESSAGE_COMMAND) return await explain(data, turn('why'));
      if (type === KINDS.command) return await take(data, turn);
      if (type === KINDS.component) return await press(data.values?.[0] ?? data.custom_id ?? '', turn);
      if (type === KINDS.modal) return await submit(data, turn);
    } catch (error) {
      // A second connection may have been first, and Discord sends it everything too.
      if (error instanceof AppError && error.code === 'discord_interaction_answered') return;
      log.warn({ err: error, interactionType: type }, 'an interaction could not be answered');
    }
  }

  function toResponder(interaction: Interaction, manner: Manner): Responder {
    return createResponder({
      api,
      interaction,
      applicationId,
      user: (interaction.member?.user ?? interaction.user)?.id ?? '',
      channel: interaction.channel?.id ?? '',
      manner,
      refused,
    });
  }

  function toTurn(interaction: Interaction, caller: Caller, command: string): Turn {
    return {
      caller,
      respond: toResponder(interaction, mannerOf(interaction, command)),
      formAllowed: interaction.type !== KINDS.modal,
    };
  }

  /** Answers somebody on a server that Bellhop does not serve; an administrator among them may change that. */
  async function turnAway(interaction: Interaction, refusal: string): Promise<void> {
    const respond = toResponder(interaction, { kind: 'new' });
    if (interaction.type === KINDS.completion) return respond.complete([]);
    const { guild_id: server, member, type, data = {} } = interaction;
    const { command, options } = readCommand(type === KINDS.command ? data : {}, run.commands);
    const confirming = server && command === CONFIRM && options.code;
    const message = confirming
      ? await confirmServer({ server, code: options.code ?? '', user: member?.user.id ?? '' })
      : warning(refusal);
    return respond.say(toPayloads(message, 1), 'caller');
  }

  type ToTurn = (command: string) => Turn;

  function take(data: InteractionData, toTurnOf: ToTurn): Promise<void> {
    const asked = readCommand(data, run.commands);
    const turn = toTurnOf(asked.command);
    return asked.command === CONFIRM && !run.commands.has(CONFIRM) ? refuse(SERVED, turn) : perform(asked, turn);
  }

  async function perform(asked: Asked, turn: Turn): Promise<void> {
    const { caller, respond } = turn;
    const command = run.commands.get(asked.command);
    const reply = () => run({ command: asked.command, options: asked.options }, caller);
    if (!lacking(command, asked.options) && !command?.asks?.(asked.options)) {
      // When this comes too late, Discord has shown the person that it failed, and they will ask again.
      await respond.begin();
      return answer(await reply(), asked, turn);
    }
    // Whatever lacks something asks for it, and a form must be the first answer.
    const underway = reply();
    const soon = await within(FIRST_ANSWER, underway, undefined);
    if (!soon) {
      await respond.begin();
      return answer(await underway, asked, turn);
    }
    const modal = turn.formAllowed && soon.form && (await forms.modal(soon.form, caller));
    return modal ? respond.open(modal) : answer(soon, asked, turn);
  }

  function answer(reply: Awaited<ReturnType<CommandRunner>>, asked: Asked, turn: Turn): Promise<void> {
    return turn.respond.say(toAnswer(reply, asked, turn), reply.visibleTo);
  }

  async function press(name: string, toTurnOf: ToTurn): Promise<void> {
    const form = await forms.read(name);
    const text = await names.lengthen(name);
    if (form === 'forgotten' || text === undefined) return refuse(FORGOTTEN, toTurnOf(''));
    if (form) {
      const turn = toTurnOf(form.command);
      const modal = await forms.modal(form, turn.caller);
      return modal ? turn.respond.open(modal) : refuse(FORGOTTEN, turn);
    }
    const action = decodeAction(text);
    if (!action) return refuse(FORGOTTEN, toTurnOf(''));
    return action.ask ? confirm(action, toTurnOf(action.command)) : perform(action, toTurnOf(action.command));
  }

  /** Discord's buttons cannot ask, so we do. */
  function confirm({ command, options }: Asked, { respond }: Turn): Promise<void> {
    const body = `Run ${inlineCode(toText(command, run.commands.get(command) ?? { options: {} }, options))}?`;
    const actions = [{ label: 'Yes, do it', command, options, style: 'danger' as const }];
    const [question] = toPayloads(toMessage({ severity: 'warning', body, actions }), 1);
    return respond.say([markedRow(question, replyMark(command))], 'caller');
  }

  async function submit(data: InteractionData, toTurnOf: ToTurn): Promise<void> {
    const action = decodeAction((await names.lengthen(data.custom_id ?? '')) ?? '');
    if (!action) return refuse(FORGOTTEN, toTurnOf(''));
    const options = { ...action.options, ...readFields(data) };
    return perform({ command: action.command, options }, toTurnOf(action.command));
  }

  /** What was chosen from a message's context menu. */
  async function explain({ name, target_id: id = '', resolved }: InteractionData, turn: Turn): Promise<void> {
    const message = resolved?.messages?.[id] ?? {};
    const event =
      (await eventOf(message, names.lengthen)) ?? (message.author?.id === botId ? firstLineOf(message) : undefined);
    const command = name === ACTIONS ? 'menu' : 'why';
    return event === undefined ? refuse(STRANGE, turn) : perform({ command, options: { event } }, turn);
  }

  async function complete(data: InteractionData, { caller, respond }: Turn): Promise<void> {
    const { command, options, focused } = readCommand(data, run.commands);
    const typed = (focused && options[focused]) || '';
    const found = focused
      ? await toChoices({ command, option: focused, typed, given: options, caller }, { run, patience: FIRST_ANSWER })
      : [];
    return respond.complete(found);
  }

  function refuse(text: string, { respond }: Turn): Promise<void> {
    return respond.say(toPayloads(warning(text), 1), 'caller');
  }

  return handle;
}

function warning(body: string): Message {
  return toMessage({ severity: 'warning', body });
}

/** Whether a command misses an option it cannot do without. */
function lacking(command: Command | undefined, options: Readonly<Record<string, string>>): boolean {
  return Object.entries(command?.options ?? {}).some(
    ([name, { optional, type }]) => !optional && type !== 'flag' && type !== 'pairs' && !options[name]?.trim(),
  );
}
