import type { CommandRunner, Suggestion } from '../../../core/command/command.ts';
import type { Caller } from '../../../core/command/permission.ts';
import { within } from '../connection/within.ts';

export interface Choice {
  readonly name: string;
  readonly value: string;
}

interface Query {
  readonly command: string;
  readonly option: string;
  readonly typed: string;
  readonly given?: Readonly<Record<string, string>>;
  readonly caller: Caller;
}

interface ChoiceParts {
  readonly run: CommandRunner;
  /** Milliseconds that finding them may take. */
  readonly patience: number;
}

// https://discord.com/developers/docs/interactions/application-commands#application-command-object-application-command-option-choice-structure
const CHOICES = 25;
const LENGTH = 100;

/** What could complete an option, as Discord takes it. */
export async function toChoices(query: Query, { run, patience }: ChoiceParts): Promise<readonly Choice[]> {
  const suggestions: readonly Suggestion[] = await within(patience, run.complete(query), []);
  const labels = new Set<string>();
  return suggestions
    .filter(({ value }) => value.length >= 1 && value.length <= LENGTH)
    .map(({ value, label }) => ({ name: [...(label || value)].slice(0, LENGTH).join(''), value }))
    .filter(({ name }) => !labels.has(name) && labels.add(name))
    .slice(0, CHOICES);
}
