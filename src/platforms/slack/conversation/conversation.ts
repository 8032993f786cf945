import type { Clock } from '../../../core/clock.ts';
import type { CommandRunner, Invocation, Reply } from '../../../core/command/command.ts';
import { findCommand, parseText } from '../../../core/command/command-text.ts';
import type { Caller } from '../../../core/command/permission.ts';
import { reply } from '../../../core/command/reply.ts';
import { AppError, UNFORESEEN } from '../../../core/errors.ts';
import type { Log } from '../../../core/log.ts';
import { DIRECT_MESSAGE } from '../../../core/settings/channel.ts';
import type { Addressee, Answer } from './answer.ts';
import type { Channels } from './channels.ts';
import type { Forms } from './forms.ts';
import type { SlackPerson } from './people.ts';

/** Something a person did, and how it can be answered. */
export interface Interaction extends Addressee {
  /** What Slack calls the channel, where it says. */
  readonly channelName?: string;
  /** Lets one modal be opened, for three seconds. */
  readonly trigger?: string;
  /** The message whose button was clicked, where only the caller sees it, and the command that it answers. */
  readonly clicked?: { readonly id: string; readonly origin: string | undefined };
}

export interface Conversation {
  /** Who a person is to commands. Throws `AppError` when Slack cannot say. */
  callerOf(interaction: Interaction): Promise<Caller>;
  /** Runs a command and answers it. Always resolves. */
  perform(interaction: Interaction, invocation: Invocation): Promise<void>;
  /** Runs a command; a failure is a reply too. */
  ask(interaction: Interaction, invocation: Invocation): Promise<Reply>;
  /** Shows a reply to a command; what cannot be shown is logged. */
  show(interaction: Interaction, reply: Reply): Promise<void>;
}

export interface ConversationParts {
  readonly run: CommandRunner;
  readonly answer: Answer;
  readonly forms: Forms;
  readonly people: (id: string) => Promise<SlackPerson>;
  readonly channels: Channels;
  readonly clock: Clock;
  readonly log: Log;
}

const PROGRESS_AFTER = 1_000;
// Slack's own names for channels whose real names it does not send along.
const UNNAMED = /^(privategroup|mpdm-.*)$/;

export function createConversation({
  run,
  answer,
  forms,
  people,
  channels,
  clock,
  log,
}: ConversationParts): Conversation {
  /** The messages whose next page or answer is under way. */
  const turned = new Set<string>();

  async function callerOf({ user, channel, channelName }: Interaction): Promise<Caller> {
    const named = channelName === undefined || UNNAMED.test(channelName);
    const [person, name] = await Promise.all([
      people(user),
      channel && named
        ? channels.nameOf(channel, DIRECT_MESSAGE)
        : channelName === 'directmessage'
          ? DIRECT_MESSAGE
          : (channelName ?? DIRECT_MESSAGE),
    ]);
    const { role, name: userName, timeZone } = person;
    return {
      platform: 'slack',
      channel: channel ?? user,
      channelName: name,
      user,
      userName,
      role,
      ...(timeZone && { timeZone }),
    };
  }

  async function ask(interaction: Interaction, invocation: Invocation): Promise<Reply> {
    try {
      return await run(invocation, await callerOf(interaction));
    } catch (error) {
      return toFailure(error, log);
    }
  }

  async function show(interaction: Interaction, said: Reply): Promise<void> {
    try {
      await answer.say(interaction, said);
    } catch (error) {
      const { code, message } = error instanceof AppError ? error : { code: 'internal', message: UNFORESEEN };
      log.warn({ platform: 'slack', code, err: error }, `a reply could not be shown: ${message}`);
    }
  }

  async function perform(interaction: Interaction, invocation: Invocation): Promise<void> {
    const command = nameOf(invocation, run.commands);
    const { clicked, ...where } = interaction;
    const at = { ...where, ...(command !== undefined && { command }) };
    // Another page, or the answer to a question: it belongs where the button was, and the button may run once.
    if (!clicked || command === undefined || clicked.origin !== command) return carryOut(at, invocation);
    const turning = `${at.user} ${clicked.id}`;
    if (turned.has(turning)) return;
    turned.add(turning);
    await carryOut({ ...at, inPlace: true }, invocation).finally(() => turned.delete(turning));
  }

  async function carryOut(interaction: Interaction, invocation: Invocation): Promise<void> {
    const done = new AbortController();
    const progress = clock.sleep(PROGRESS_AFTER, done.signal).then(async () => {
      // It stays above the answer: Slack replaces nothing after a command. https://github.com/slackapi/bolt-js/issues/2287
      if (!done.signal.aborted) await answer.progress(interaction, 'Working on it…');
    });
    const said = await ask(interaction, invocation);
    const shown = said.form ? await forms.open(interaction, said.form, () => callerOf(interaction)) : false;
    done.abort();
    await progress;
    if (!shown) await show(interaction, said);
  }

  return { callerOf, perform, ask, show };
}

/** The command that somebody means; nothing when there is none of that name. */
function nameOf(invocation: Invocation, commands: CommandRunner['commands']): string | undefined {
  try {
    return 'text' in invocation
      ? parseText(invocation.text, commands).name
      : findCommand(invocation.command, commands).name;
  } catch {
    // Running it says what is wrong with it.
    return undefined;
  }
}

function toFailure(error: unknown, log: Log): Reply {
  if (error instanceof AppError) return reply(error.message, { severity: 'warning', data: { code: error.code } });
  log.error({ platform: 'slack', err: error }, 'a command failed');
  return reply(UNFORESEEN, { severity: 'warning', data: { code: 'internal' } });
}
