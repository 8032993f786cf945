import type { ParseArgsOptionsConfig } from 'node:util';
import type { Command } from '../../core/command/command.ts';
import type { Delivery } from '../../core/delivery/delivery.ts';
import type { About } from '../../core/event/about.ts';
import type { Drawing } from '../../core/message/drawing.ts';
import type { Message } from '../../core/message/message.ts';
import type { SpanLine } from '../../core/message/terminal-lines.ts';
import type { ToManifest } from '../../core/platform/descriptor.ts';
import type { Diagnosis, Finding } from '../../core/platform/diagnosis.ts';
import type { Provider } from '../../core/provider/provider.ts';
import type { Sample, SampleStore } from '../../core/provider/sample.ts';
import type { Settings } from '../../core/settings/settings.ts';

/** What a verb of the command line may use. */
export interface VerbParts {
  /** Writes a line for the person at the terminal. */
  readonly print: (line: string) => void;
  /** The same for lines of which parts stand out, where the terminal can show that. */
  readonly show: (lines: readonly SpanLine[]) => void;
  /** The same for a message, such as the reply to a command. */
  readonly showMessage: (message: Message) => void;
  /** Standard input, where something is piped in. */
  readonly input: () => Promise<Buffer>;
  /** The environment as it was configured, without secrets. */
  readonly place: Place;
  /** Starts the whole of Bellhop. Resolves once it takes deliveries; `stopped` resolves when it has ended. */
  readonly serve: () => Promise<{ readonly stopped: Promise<void> }>;
  /** Opens what the command line needs without starting anything. */
  readonly open: () => Promise<Offline>;
  /** Backs the data folder up into a file, or brings one back from it. Both throw `AppError`. */
  readonly backups: Backups;
  /** Moves the settings into a file and back. Both give back how many endpoints there are, and throw `AppError`. */
  readonly settings: MovedSettings;
  /** Copies the journal to PostgreSQL. Throws `AppError`. */
  readonly move: Move;
  /** The verbs of the command line and the commands of the chat, by name. */
  readonly vocabulary: () => Promise<Vocabulary>;
  /** Looks at the database that is configured; nothing where there is none. */
  readonly checkDatabase: () => Promise<Finding | undefined>;
  /** How to try each chat service that there are tokens for. */
  readonly diagnoses: readonly Diagnosis[];
  /** The manifest of Bellhop for each chat service that takes one, by platform. */
  readonly manifests: ReadonlyMap<string, ToManifest>;
}

/** All that can follow `bellhop`. */
export interface Vocabulary {
  readonly verbs: ReadonlyMap<string, Verb>;
  readonly commands: ReadonlyMap<string, Command>;
}

export interface Backups {
  /** The passphrase that the environment gives, if it does. */
  readonly passphrase: string | undefined;
  readonly create: (
    file: string,
    passphrase: string,
  ) => Promise<{
    readonly file: string;
    readonly bytes: number;
    readonly endpoints: number;
    readonly hasJournal: boolean;
  }>;
  readonly restore: (file: string, passphrase: string) => Promise<{ readonly endpoints: number }>;
}

export interface MovedSettings {
  readonly export: (file: string) => Promise<{ readonly endpoints: number }>;
  readonly import: (file: string, options: { readonly replace: boolean }) => Promise<{ readonly endpoints: number }>;
}

export type Move = (request: {
  /** The address of the database, where it is not the configured one. */
  readonly to?: string;
  readonly onProgress: (progress: MoveProgress) => void;
}) => Promise<{
  /** What was found to be the same in both. */
  readonly tables: readonly { readonly table: string; readonly rows: number; readonly sha256: string }[];
}>;

export interface MoveProgress {
  readonly what: 'copied' | 'compared';
  readonly table: string;
  readonly done: number;
  readonly total: number;
}

export interface Place {
  readonly dataFolder: string;
  /** Where this machine reaches the server, without a slash at the end. */
  readonly localUrl: string;
  /** What the environment says of the address at which others reach it, if it does; `publicAddress` says what counts. */
  readonly publicUrl: string | undefined;
  readonly adminToken: () => Promise<string | undefined>;
}

/** What Bellhop can do without running. */
export interface Offline {
  readonly providers: ReadonlyMap<string, Provider>;
  readonly samples: SampleStore;
  readonly settings: () => Promise<Settings>;
  /** What would be posted for a delivery, by a template to try or by the one that would be used. */
  readonly preview: (provider: string, delivery: Delivery, tried?: TriedTemplate) => Preview;
  /** Reads a file as a sample; nothing where it is none, but a payload as its provider sends it. */
  readonly readSample: (text: string, names: Pick<Sample, 'provider' | 'type'>) => Sample | undefined;
  /** Takes up what was changed in the files of templates: whether anything was, and those that cannot be used. */
  readonly refresh: () => Promise<{ readonly changed: boolean; readonly problems: readonly Problem[] }>;
}

/** A template to try, and what it is called. */
export interface TriedTemplate {
  readonly name: string;
  readonly source: string;
}

export interface Preview extends Drawing {
  readonly type: string;
  /** How many events the delivery holds; the first is shown. */
  readonly of: number;
  readonly about: About;
  /** The template that made it, in words. */
  readonly template: string;
  /** The message as a terminal can show it. */
  readonly lines: readonly SpanLine[];
  /** What went wrong: a template that could not be used. */
  readonly problems: readonly Problem[];
  /** What may not be what was meant. */
  readonly doubts: readonly Problem[];
}

export interface Problem {
  readonly template: string;
  readonly message: string;
  readonly line?: number;
  readonly column?: number;
}

/** What was given for an option: several texts where it may be repeated. */
export type Value = string | boolean | readonly (string | boolean)[] | undefined;

/** A verb of the `bellhop` command. */
export interface Verb {
  readonly summary: string;
  /** What follows the verb, such as `<endpoint> <provider>/<sample>`. */
  readonly usage: string;
  /** Lines that can be typed as they are; help shows them. */
  readonly examples: readonly string[];
  /** Whether it takes as many words as are given. */
  readonly anyWords?: true;
  readonly options?: ParseArgsOptionsConfig;
  /** One line for each option. */
  readonly optionHelp?: Readonly<Record<string, string>>;
  /** Gives back the exit code, 0 when left out. Throws `AppError` for what the person can correct. */
  run(
    call: {
      readonly positionals: readonly string[];
      readonly values: Readonly<Record<string, Value>>;
    },
    parts: VerbParts,
  ): Promise<number | undefined>;
}

/** Declares a verb. The file that calls this names it: `doctor.ts` is `bellhop doctor`. */
export function defineVerb(verb: Verb): Verb {
  return Object.freeze(verb);
}
