import { isDeepStrictEqual } from 'node:util';
import type { DiscordApi } from './connection/api.ts';
import type { ApplicationCommand, CommandOption } from './interactions/to-application-commands.ts';

/** Registers the commands, unless Discord knows exactly these already: a change is counted, and takes a while to reach people. */
export async function registerCommands(
  api: DiscordApi,
  commands: readonly ApplicationCommand[],
  { applicationId, guildId }: { readonly applicationId: string; readonly guildId?: string | undefined },
): Promise<'changed' | 'unchanged'> {
  const path = guildId
    ? (`/applications/${applicationId}/guilds/${guildId}/commands` as const)
    : (`/applications/${applicationId}/commands` as const);
  // On one server there is only one context, and Discord leaves it out of its answer.
  const wanted = guildId ? commands.map(({ contexts: _, ...command }) => command) : commands;
  const known = await api.request<readonly ApplicationCommand[]>('GET', path, { answer: 'list' });
  if (isDeepStrictEqual(known.map(comparable).toSorted(byName), wanted.map(comparable).toSorted(byName)))
    return 'unchanged';
  await api.request('PUT', path, { body: wanted, answer: 'anything' });
  return 'changed';
}

type Comparable = Omit<ApplicationCommand, 'contexts'> & { readonly contexts?: readonly number[] | null };

/** Only what we say of a command: Discord adds ids, versions and defaults. */
function comparable({ type, name, description, default_member_permissions, contexts, options }: Comparable) {
  return {
    type,
    name,
    description: description ?? '',
    permissions: String(default_member_permissions),
    contexts: [...(contexts ?? [])],
    options: (options ?? []).map(comparableOption),
  };
}

function comparableOption({
  type,
  name,
  description,
  autocomplete,
  channel_types: kinds,
  choices,
  options,
}: CommandOption): object {
  return {
    type,
    name,
    description,
    autocomplete: autocomplete ?? false,
    kinds: [...(kinds ?? [])].toSorted((a, b) => a - b),
    choices: (choices ?? []).map((choice) => ({ name: choice.name, value: choice.value })),
    options: (options ?? []).map(comparableOption),
  };
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : 1;
}
