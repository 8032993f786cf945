import type { Draft } from './draft.ts';

export interface HelperCall {
  /** What stands after the helper's name. Texts and lists are clipped to what a message could show. */
  readonly values: readonly unknown[];
  /** What is given as `name=value`. */
  readonly named: Readonly<Record<string, unknown>>;
  /** The message being made: effects add to it. */
  readonly draft: Draft;
  /** Counts work that grows faster than what the helper is given; a template that asks for too much is ended. */
  readonly spend: (characters: number) => void;
}

/** What a named value must be, where a template writes it out: any text, a number, yes or no, or one of these words. */
export type ValueKind = 'text' | 'number' | 'flag' | readonly string[];

/** A word that templates can use. It must take any value: what it cannot use, it gives nothing for. */
export interface Helper {
  readonly summary: string;
  readonly example: string;
  /** A payload for the example, and what the message then says. A test runs it. */
  readonly given: Readonly<Record<string, unknown>>;
  readonly gives: string;
  /** Adds to the message and prints nothing. */
  readonly effect?: true;
  /** What can be given as `name=value`: nothing when absent, and with `any` every name is a value of its own. */
  readonly named?: Readonly<Record<string, ValueKind>> | 'any';
  /** The words that each of its values can be, in their order; an empty list is whatever people like. */
  readonly words?: readonly (readonly string[])[];
  run(call: HelperCall): unknown;
}

/** Declares a helper. The file that calls this names it: `shortsha.ts` is `{{shortsha commit.id}}`. */
export function defineHelper(helper: Helper): Helper {
  return Object.freeze(helper);
}
