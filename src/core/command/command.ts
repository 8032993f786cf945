import type { Clock } from '../clock.ts';
import type { Relay } from '../event/relay.ts';
import type { Message } from '../message/message.ts';
import type { Providers } from '../provider/heads.ts';
import type { SampleStore } from '../provider/sample.ts';
import type { Address } from '../settings/address.ts';
import type { Changes } from './changes.ts';
import type { Chat } from './chat.ts';
import type { HandlingDesk } from './desks/handling-desk.ts';
import type { NoiseDesk } from './desks/noise-desk.ts';
import type { PendingDesk } from './desks/pending-desk.ts';
import type { RecoveryDesk } from './desks/recovery-desk.ts';
import type { RuleDesk } from './desks/rule-desk.ts';
import type { SchemeDesk } from './desks/scheme-desk.ts';
import type { SilenceDesk } from './desks/silence-desk.ts';
import type { TemplateDesk } from './desks/template-desk.ts';
import type { Caller, Permission } from './permission.ts';
import type { View, VisibleJournal } from './view.ts';

/** What completes an option while it is typed. */
export type Completion =
  | 'endpoint'
  | 'provider'
  | 'channel'
  | 'source'
  | 'type'
  | 'sample'
  | 'choice'
  | 'event'
  | 'mute'
  | 'duration'
  | 'zone'
  | 'template'
  | 'command';

export interface Option {
  readonly description: string;
  /**
   * `duration` is given as `30m` or `2h` and arrives in milliseconds; `moment` as `14:00` or `tomorrow 9am` and arrives as a
   * `Date`; `zone` is the time zone that the moments beside it are read in; `channel` is given as `#ops` or the platform's
   * own mention; `pairs` collects every other `name=value`.
   */
  readonly type: 'string' | 'integer' | 'flag' | 'duration' | 'moment' | 'zone' | 'channel' | 'pairs';
  readonly optional?: true;
  /** Taken from the words that carry no name, in the order of declaration. */
  readonly positional?: true;
  /** Takes several words without quotes: all that follow without a name, up to the next word that means something by itself. */
  readonly rest?: true;
  /** The word that introduces it: `for 2h`, `because "deploy night"`. */
  readonly keyword?: string;
  readonly choices?: readonly string[];
  /** Words that may be given in place of what its type takes, and arrive as they are: `until=resolved`. */
  readonly words?: readonly string[];
  /** Whether its text holds a time of day, which needs a time zone. */
  readonly zoned?: true;
  readonly complete?: Completion;
  readonly example?: string;
  /** What a form calls it, where its name alone would not say it. */
  readonly label?: string;
  /** Whether a form gives it several lines. */
  readonly long?: true;
  /** Whether it is a secret, which no answer, form or line repeats. */
  readonly secret?: true;
}

interface Values {
  string: string;
  channel: string;
  integer: number;
  duration: number;
  flag: boolean;
  moment: Date;
  zone: string;
  pairs: Readonly<Record<string, string>>;
}

export type OptionValues<Options extends Readonly<Record<string, Option>>> = {
  readonly [Name in keyof Options]: Options[Name] extends { readonly optional: true }
    ? ValueOf<Options[Name]> | undefined
    : ValueOf<Options[Name]>;
};

type ValueOf<Given extends Option> =
  | Values[Given['type']]
  | (Given extends { readonly words: readonly (infer Word)[] } ? Word : never);

/** Asks for a command's options: a modal on Slack and Discord, a dialog on the page. */
export interface Form {
  readonly command: string;
  readonly title: string;
  /** The options to ask for, in order. */
  readonly ask: readonly string[];
  /** What is known already, as it would be typed. */
  readonly options: Readonly<Record<string, string>>;
  readonly submit: string;
  /** What is asked for besides the command's own options, or in their place: a command that takes `pairs` takes each as one. */
  readonly fields?: Readonly<Record<string, Option>>;
}

/** All that a form may ask for: the options of its command, and its own fields. */
export function optionsOf(
  { fields }: Pick<Form, 'fields'>,
  command: Pick<Command, 'options'> | undefined,
): Readonly<Record<string, Option>> {
  return { ...command?.options, ...fields };
}

/** What comes back. */
export interface Reply {
  readonly message: Message;
  /** Shown to the channel only if everybody who reads it may know it all, otherwise to the caller alone, whatever the command asked for. */
  readonly visibleTo: 'caller' | 'channel';
  readonly form?: Form;
  /** The HTTP status that fits, where the command was refused or failed. */
  readonly status?: number;
  /** What a program needs to know. Holds a secret only in the reply that creates it. */
  readonly data?: unknown;
}

/** What commands may touch: what the caller may know, and changes that the audit has. */
export interface CommandParts {
  readonly view: View;
  readonly journal: VisibleJournal;
  readonly changes: Changes;
  readonly providers: Providers;
  readonly platforms: ReadonlyMap<string, Chat>;
  readonly commands: ReadonlyMap<string, Command>;
  readonly relay: Relay;
  readonly templates: TemplateDesk;
  readonly rules: RuleDesk;
  readonly handling: HandlingDesk;
  readonly schemes: SchemeDesk;
  readonly silences: SilenceDesk;
  readonly noise: NoiseDesk;
  readonly recovery: RecoveryDesk;
  readonly pending: PendingDesk;
  /** Resolves a sample's name to the delivery it describes. */
  readonly samples: SampleStore;
  readonly clock: Clock;
  /** The address at which others reach Bellhop, without a slash at the end. */
  readonly publicUrl: string;
  /** Who set that address, and whether requests that are sent there arrive. */
  readonly address: Address;
}

export interface Command<Options extends Readonly<Record<string, Option>> = Readonly<Record<string, Option>>> {
  readonly summary: string;
  /** Longer Markdown for `/webhook help <command>`. */
  readonly help?: string;
  readonly examples: readonly string[];
  readonly options: Options;
  /** `owner` is checked against the endpoint named by the option `endpoint`; without one, by the command itself. */
  readonly permission: Permission;
  /** Other words people type for it. */
  readonly aliases?: readonly string[];
  /** Other words people type for it, each with options that it stands for: `url` is `show` with its flag `url`. */
  readonly shortcuts?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Where it stands in lists: the lower, the sooner people need it. Those without one follow by their names. */
  readonly place?: number;
  /** Whether it is rather clicked than typed: a platform with few places lists it last. */
  readonly clicked?: true;
  /** Whether a call with these options is answered by a form: some platforms take one only as the first answer. */
  readonly asks?: (options: Readonly<Record<string, string>>) => boolean;
  run(call: Call<Options>, parts: CommandParts): Promise<Reply>;
}

export interface Call<Options extends Readonly<Record<string, Option>>> {
  readonly options: OptionValues<Options>;
  readonly caller: Caller;
  /** The time zone that a time of day among the options was read in; nothing where none was. */
  readonly readIn?: string;
}

/** Declares a command. The file that calls this names it: `mute.ts` is `/webhook mute`. */
export function defineCommand<const Options extends Readonly<Record<string, Option>>>(
  command: Command<Options>,
): Command<Options> {
  return Object.freeze(command);
}

/** A command as it was typed, or by name with each option as it would be typed. */
export type Invocation =
  | { readonly text: string }
  | { readonly command: string; readonly options: Readonly<Record<string, string>> };

/**
 * Runs a command for a caller. Always resolves: a mistake of the caller and a failure of ours are replies too, with
 * `data.code` naming the failure.
 */
export interface CommandRunner {
  (invocation: Invocation, caller: Caller): Promise<Reply>;
  readonly commands: ReadonlyMap<string, Command>;
  /** All that could come next for an option, best first: what a platform cannot show, it leaves out. */
  complete(query: {
    readonly command: string;
    readonly option: string;
    readonly typed: string;
    /** The other options, as far as they are given. */
    readonly given?: Readonly<Record<string, string>>;
    readonly caller: Caller;
  }): Promise<readonly Suggestion[]>;
}

export interface Suggestion {
  readonly value: string;
  readonly label: string;
}
