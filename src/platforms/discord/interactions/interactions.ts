import type { Command, CommandRunner } from '../../../core/command/command.ts';
import { toText } from '../../../core/command/command-text.ts';
import { AppError } from '../../../core/errors.ts';
import type { Log } from '../../../core/log.ts';
import { decodeAction } from '../../../core/message/action-text.ts';
import { inlineCode } from '../../../core/message/inline-code.ts';
import { type Message, toMessage } from '../../../core/message/message.ts';
import type { DiscordApi } from '../connection/api.ts';
import type { Interaction, InteractionData } from '../connection/interaction.ts';
import { within } from '../connection/within.ts';
import type { ShortNames } from '../message/short-names.ts';
import type { DiscordMessages } from '../message/to-discord-messages.ts';
import type { Directory } from '../posting/directory.ts';
import { type Asked, createAnswers, type Turn } from './answers.ts';
import { toChoices } from './choices.ts';
import { createForms } from './forms.ts';
import { eventOf, firstLineOf, readCommand, readFields, toCaller } from './read-interaction.ts';
import { createResponder } from './responder.ts';
import { ACTIONS } from './to-application-commands.ts';

export interface InteractionParts {
  readonly api: DiscordApi;
  readonly run: CommandRunner;
  readonly directory: Directory;
  readonly names: ShortNames;
  readonly applicationId: string;
  readonly toPayloads: (message: Message, most?: 1 | 2) => DiscordMessages;
  readonly log: Log;
}

const KINDS = { command: 2, component: 3, completion: 4, modal: 5 } as const;
const MESSAGE_COMMAND = 3;
/** Discord wants a first answer within three seconds. */
const FIRST_ANSWER = 2_000;
const FORGOTTEN = 'Bellhop has restarted since and no longer knows what this button did. Type the command instead.';
const STRANGE =
  'This message does not tell of an event, so there is nothing to explain. Use it on a message that Bellhop posted for a webhook.';

/** Turns what people type, click and fill in into commands, and their replies into answers. Never rejects. */
export function createInteractions({
  api,
  run,
  directory,
  names,
  applicationId,
  toPayloads,
  log,
}: InteractionParts): (interaction: Interaction) => Promise<void> {
  const forms = createForms(run, names);
  const answers = createAnswers({ api, commands: run.commands, forms, toPayloads });

  async function handle(interaction: Interaction): Promise<void> {
    const { type, data = {} } = interaction;
    try {
      const respond = createResponder(api, interaction, applicationId);
      const turn = { caller: toCaller(interaction), respond, formAllowed: type !== KINDS.modal };
      if (type === KINDS.completion) return await complete(data, turn);
      if (type === KINDS.command)
        return await (data.type === MESSAGE_COMMAND
          ? explain(data, turn)
          : perform(readCommand(data, run.commands), turn));
      if (type === KINDS.component) return await press(data.values?.[0] ?? data.custom_id ?? '', turn);
      if (type === KINDS.modal) return await submit(data, turn);
    } catch (error) {
      // A second connection may have been first, and Discord tells it too.
      if (error instanceof AppError && error.code === 'discord_interaction_answered') return;
      log.warn({ err: error, interactionType: type }, 'an interaction could not be answered');
    }
  }

  async function perform(asked: Asked, turn: Turn): Promise<void> {
    const reply = () => run({ command: asked.command, options: asked.options }, turn.caller);
    if (!lacking(run.commands.get(asked.command), asked.options)) {
      // When this comes too late, the person was told that it failed, and will ask again.
      await turn.respond.defer();
      return answers.finish(await reply(), asked, turn);
    }
    // Whatever lacks something asks for it, and a form must be the first answer.
    const underway = reply();
    const soon = await within(FIRST_ANSWER, underway, undefined);
    if (!soon) {
      await turn.respond.defer();
      return answers.finish(await underway, asked, turn);
    }
    const modal = turn.formAllowed && soon.form && (await forms.modal(soon.form, turn.caller));
    return modal ? turn.respond.open(modal) : answers.say(soon, asked, turn);
  }

  async function press(name: string, turn: Turn): Promise<void> {
    const form = forms.read(name);
    const text = names.lengthen(name);
    if (form === 'forgotten' || text === undefined) return tell(FORGOTTEN, turn);
    if (form) {
      const modal = await forms.modal(form, turn.caller);
      return modal ? turn.respond.open(modal) : tell(FORGOTTEN, turn);
    }
    const action = decodeAction(text);
    if (!action) return tell(FORGOTTEN, turn);
    return action.ask ? confirm(action, turn) : perform(action, turn);
  }

  /** Discord's buttons cannot ask, so we do. */
  function confirm({ command, options }: Asked, turn: Turn): Promise<void> {
    const body = `Run ${inlineCode(toText(command, run.commands.get(command) ?? { options: {} }, options))}?`;
    const actions = [{ label: 'Yes, do it', command, options, style: 'danger' as const }];
    return turn.respond.say(toPayloads(toMessage({ severity: 'warning', body, actions }), 1)[0], 'caller');
  }

  async function submit(data: InteractionData, turn: Turn): Promise<void> {
    const action = decodeAction(names.lengthen(data.custom_id ?? '') ?? '');
    if (!action) return tell(FORGOTTEN, turn);
    return perform({ command: action.command, options: { ...action.options, ...readFields(data) } }, turn);
  }

  /** What was chosen from a message's context menu. */
  async function explain({ name, target_id: id = '', resolved }: InteractionData, turn: Turn): Promise<void> {
    const message = resolved?.messages?.[id] ?? {};
    const event =
      eventOf(message, names.lengthen) ?? (message.author?.id === applicationId ? firstLineOf(message) : undefined);
    const command = name === ACTIONS ? 'menu' : 'why';
    return event === undefined ? tell(STRANGE, turn) : perform({ command, options: { event } }, turn);
  }

  async function complete(data: InteractionData, { caller, respond }: Turn): Promise<void> {
    const { command, options, focused } = readCommand(data, run.commands);
    const typed = (focused && options[focused]) || '';
    const found = focused
      ? await toChoices({ command, option: focused, typed, caller }, { run, directory, patience: FIRST_ANSWER })
      : [];
    return respond.complete(found);
  }

  function tell(text: string, { respond }: Turn): Promise<void> {
    return respond.say(toPayloads(toMessage({ severity: 'warning', body: text }), 1)[0], 'caller');
  }

  return handle;
}

/** Whether a command misses an option it cannot do without. */
function lacking(command: Command | undefined, options: Readonly<Record<string, string>>): boolean {
  return Object.entries(command?.options ?? {}).some(
    ([name, { optional, type }]) => !optional && type !== 'flag' && type !== 'pairs' && !options[name]?.trim(),
  );
}
