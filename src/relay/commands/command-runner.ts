import type {
  Command,
  CommandParts,
  CommandRunner,
  Form,
  Invocation,
  Option,
  Reply,
} from '../../core/command/command.ts';
import { checkNames, findCommand, parseText, type TypedCommand } from '../../core/command/command-text.ts';
import { namedZone, parseOptions } from '../../core/command/option-values.ts';
import { type Caller, isListed, owns, personOf } from '../../core/command/permission.ts';
import { reply } from '../../core/command/reply.ts';
import { toUsage } from '../../core/command/usage.ts';
import { AppError, OptionError, UNFORESEEN } from '../../core/errors.ts';
import type { Journal } from '../../core/event/journal.ts';
import type { Log } from '../../core/log.ts';
import type { SettingsStore } from '../../core/settings/settings.ts';
import { noteUse } from '../noise/note-use.ts';
import { createCompleter } from './complete.ts';
import { createChanges } from './create-changes.ts';
import { createView, type WatchedView } from './create-view.ts';
import { narrowJournal } from './narrow-journal.ts';
import { createSeeing } from './seeing.ts';
import { askForZone, rememberZone } from './zones.ts';

export interface CommandRunnerParts extends Omit<CommandParts, 'view' | 'journal' | 'changes' | 'publicUrl'> {
  readonly settings: SettingsStore;
  readonly journal: Journal;
  readonly log: Log;
}

/** What one caller's command may touch. */
export interface CommandScope extends CommandParts {
  readonly view: WatchedView;
}

/** Runs commands: reads what was typed or clicked, checks who asked, and turns every outcome into a reply. */
export function createCommandRunner({ log, settings, journal, ...parts }: CommandRunnerParts): CommandRunner {
  const { commands, platforms, clock } = parts;
  const seeing = createSeeing({ platforms, clock, log });
  const changesOf = createChanges({ settings, journal, clock, log });

  /** The one place where commands get what they may touch: no command sees more than its caller may. */
  function scopeOf(caller: Caller): CommandScope {
    const view = createView({ settings, seeing, caller });
    const { url: publicUrl } = parts.address;
    return { ...parts, publicUrl, view, journal: narrowJournal(journal, view, caller), changes: changesOf(caller) };
  }

  function withRole(caller: Caller): Caller {
    return caller.role === 'member' && isListed(settings.current.admins, caller)
      ? { ...caller, role: 'admin' }
      : caller;
  }

  async function run(invocation: Invocation, asking: Caller): Promise<Reply> {
    checkRole(asking);
    const caller = withRole(asking);
    const { name, command, options } = toTyped(invocation, commands);
    checkPermission(name, command, caller);
    const scope = scopeOf(caller);
    const named = namedZone(command, options);
    const remembered = settings.current.zones?.[personOf(caller)];
    const timeZone = named ?? remembered ?? caller.timeZone;
    const { values, missing, zoned } = await parseOptions(command, options, { now: clock.now(), timeZone });
    if (command.permission === 'owner' && typeof values.endpoint === 'string')
      await checkOwner(name, values.endpoint, caller, scope.view);
    if (missing.length) return askFor({ name, command, options, missing });
    if (zoned && !timeZone) return askForZone({ name, command, options: repeatable(command, options), zoned });
    if (named && named !== remembered) await rememberZone(named, caller, scope.changes);
    const readIn = zoned && timeZone;
    const said = await command.run({ options: values, caller, ...(readIn && { readIn }) }, scope);
    return forItsReaders(said, scope.view);
  }

  async function runner(invocation: Invocation, caller: Caller): Promise<Reply> {
    try {
      const answer = await run(invocation, caller);
      await noteUse(invocation, caller, { journal, now: clock.now() }).catch((error: unknown) =>
        log.error({ err: error }, 'the use of an event could not be noted'),
      );
      return answer;
    } catch (error) {
      if (!(error instanceof AppError)) {
        log.error({ err: error, platform: caller.platform, user: caller.user }, 'a command failed');
        return refusal(UNFORESEEN, 'internal', 500);
      }
      if (error.status >= 500)
        log.warn({ code: error.code, err: error.cause, platform: caller.platform }, error.message);
      return refusal(error.message, error.code, error.status, error instanceof OptionError ? error.field : undefined);
    }
  }

  const complete = createCompleter((caller) => scopeOf(withRole(caller)));
  return Object.assign(runner, { commands, complete });
}

function toTyped(invocation: Invocation, commands: ReadonlyMap<string, Command>): TypedCommand {
  if ('text' in invocation) return parseText(invocation.text, commands);
  const { name, command } = findCommand(invocation.command, commands);
  return { name, command, options: checkNames(name, command, invocation.options) };
}

function checkRole({ role }: Caller): void {
  if (role === 'outsider')
    throw new AppError(
      403,
      'forbidden',
      'Guests and people from outside may not use Bellhop here. Ask a member of the team.',
    );
}

function checkPermission(name: string, { permission }: Command, { role }: Caller): void {
  if (permission === 'admin' && role !== 'admin')
    throw new AppError(403, 'forbidden', `Only an admin may use \`${name}\`.`);
}

async function checkOwner(name: string, typed: string, caller: Caller, view: WatchedView): Promise<void> {
  const endpoint = await view.find(typed);
  if (!owns(caller, endpoint))
    throw new AppError(403, 'forbidden', `Only an owner of \`${endpoint.name}\` or an admin may \`${name}\` it.`);
}

/** A reply as it may be shown: to the channel only what all its readers may know, and with a word on what was left out. */
async function forItsReaders(said: Reply, view: WatchedView): Promise<Reply> {
  const visibleTo = said.visibleTo === 'channel' && (await view.isForTheChannel()) ? 'channel' : 'caller';
  const [gap] = view.gaps;
  if (!gap) return { ...said, visibleTo };
  const body = `${said.message.body}\n\nSome of it may be left out: ${gap}`;
  return { ...said, visibleTo, message: { ...said.message, body } };
}

/** A command called without what it needs: says how to type it, and carries the form that asks for it. */
function askFor({
  name,
  command,
  options,
  missing,
}: Omit<TypedCommand, 'name'> & { readonly name: string; readonly missing: readonly string[] }): Reply {
  const known = repeatable(command, options);
  const optional = Object.entries(command.options).flatMap(([option, { type }]) =>
    missing.includes(option) || known[option] || type === 'flag' ? [] : [option],
  );
  const form: Form = {
    command: name,
    title: `/webhook ${name}`,
    ask: [...missing, ...optional],
    options: known,
    submit: `${name.charAt(0).toUpperCase()}${name.slice(1)}`,
  };
  const [example] = command.examples;
  return reply(
    [
      `\`${name}\` needs ${missing.map((option) => `\`${option}\``).join(' and ')}. ${command.summary}.`,
      `Type it as \`${toUsage(name, command)}\`${example ? `, for example \`${example}\`` : ''}.`,
    ].join('\n\n'),
    { form, data: { code: 'missing_option', ...(missing[0] && { field: missing[0] }) } },
  );
}

/** What was typed, without secrets: they are asked for again rather than repeated. */
function repeatable(command: Pick<Command, 'options'>, options: TypedCommand['options']): TypedCommand['options'] {
  const isSecret = (name: string) => {
    const option: Option | undefined = Object.hasOwn(command.options, name) ? command.options[name] : undefined;
    return option?.secret === true;
  };
  return Object.fromEntries(Object.entries(options).filter(([name]) => !isSecret(name)));
}

function refusal(message: string, code: string, status: number, field?: string): Reply {
  return { ...reply(message, { severity: 'warning', data: { code, ...(field && { field }) } }), status };
}
