import type { CommandRunner, Suggestion } from '../../../core/command/command.ts';
import type { Caller } from '../../../core/command/permission.ts';
import { within } from '../connection/within.ts';
import type { Directory } from '../posting/directory.ts';

export interface Choice {
  readonly name: string;
  readonly value: string;
}

interface Query {
  readonly command: string;
  readonly option: string;
  readonly typed: string;
  readonly caller: Caller;
}

interface ChoiceParts {
  readonly run: CommandRunner;
  readonly directory: Directory;
  /** Milliseconds that finding them may take. */
  readonly patience: number;
}

// https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-option-choice-structure
const CHOICES = 25;
const LENGTH = 100;

/** What could complete an option, as Discord takes it. Channels of this server stand before those Bellhop knows elsewhere. */
export async function toChoices(query: Query, { run, directory, patience }: ChoiceParts): Promise<readonly Choice[]> {
  const takesChannel =
    run.commands.get(query.command)?.options[query.option]?.type === 'channel' && query.caller.role !== 'outsider';
  const [channels, suggestions] = await Promise.all([
    takesChannel ? within(patience, directory.search(query.typed), []) : [],
    within(patience, run.complete(query), []),
  ]);
  const all: readonly Suggestion[] = [
    ...channels.map(({ id, name }) => ({ value: `<#${id}>`, label: `#${name}` })),
    ...suggestions,
  ];
  const labels = new Set<string>();
  return all
    .filter(({ value }) => value.length >= 1 && value.length <= LENGTH)
    .map(({ value, label }) => ({ name: [...(label || value)].slice(0, LENGTH).join(''), value }))
    .filter(({ name }) => !labels.has(name) && labels.add(name))
    .slice(0, CHOICES);
}
