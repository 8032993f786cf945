import type { Command, CommandParts, CommandRunner, Form, Invocation, Reply } from '../core/command/command.ts';
import { checkNames, findCommand, parseText, type TypedCommand } from '../core/command/command-text.ts';
import { parseOptions } from '../core/command/option-values.ts';
import { type Caller, names, owns } from '../core/command/permission.ts';
import { reply } from '../core/command/reply.ts';
import { toUsage } from '../core/command/usage.ts';
import { AppError, OptionError, UNFORESEEN } from '../core/errors.ts';
import type { Log } from '../core/log.ts';

import { findEndpoint } from '../core/settings/endpoint-lookup.ts';
import { createCompleter } from './complete.ts';

export interface CommandRunnerParts extends CommandParts {
  readonly log: Log;
}

/** Runs commands: reads what was typed or clicked, checks who asked, and turns every outcome into a reply. */
export function createCommandRunner({ log, ...parts }: CommandRunnerParts): CommandRunner {
  const { commands, settings, clock } = parts;

  async function run(invocation: Invocation, asking: Caller): Promise<Reply> {
    checkRole(asking);
    const caller = names(settings.current.admins, asking) ? { ...asking, role: 'admin' as const } : asking;
    const { name, command, options } = toTyped(invocation, commands);
    checkPermission(name, command, caller);
    const { values, missing } = await parseOptions(command, options, { now: clock.now(), timeZone: caller.timeZone });
    if (command.permission === 'owner' && typeof values.endpoint === 'string')
      checkOwner(name, values.endpoint, caller);
    if (missing.length) return askFor({ name, command, options, missing });
    return command.run({ options: values, caller }, parts);
  }

  function checkOwner(name: string, endpointName: string, caller: Caller): void {
    const endpoint = findEndpoint(settings.current, endpointName);
    if (!owns(caller, endpoint))
      throw new AppError(403, 'forbidden', `Only an owner of \`${endpoint.name}\` or an admin may \`${name}\` it.`);
  }

  async function runner(invocation: Invocation, caller: Caller): Promise<Reply> {
    try {
      return await run(invocation, caller);
    } catch (error) {
      if (!(error instanceof AppError)) {
        log.error({ err: error, platform: caller.platform, user: caller.user }, 'a command failed');
        return refusal(UNFORESEEN, 'internal');
      }
      if (error.status >= 500)
        log.warn({ code: error.code, err: error.cause, platform: caller.platform }, error.message);
      return refusal(error.message, error.code, error instanceof OptionError ? error.field : undefined);
    }
  }

  return Object.assign(runner, { commands, settings: () => settings.current, complete: createCompleter(parts) });
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

/** A command called without what it needs: says how to type it, and carries the form that asks for it. */
function askFor({
  name,
  command,
  options,
  missing,
}: Omit<TypedCommand, 'name'> & { readonly name: string; readonly missing: readonly string[] }): Reply {
  const optional = Object.keys(command.options).filter(
    (option) => !missing.includes(option) && !options[option] && command.options[option]?.type !== 'flag',
  );
  const form: Form = {
    command: name,
    title: `/webhook ${name}`,
    ask: [...missing, ...optional],
    options,
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

function refusal(message: string, code: string, field?: string): Reply {
  return reply(message, { severity: 'warning', data: { code, ...(field && { field }) } });
}
