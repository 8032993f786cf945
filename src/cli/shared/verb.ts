import type { ParseArgsOptionsConfig } from 'node:util';
import type { Delivery } from '../../core/delivery/delivery.ts';
import type { About } from '../../core/event/about.ts';
import type { Drawing } from '../../core/message/drawing.ts';
import type { ToManifest } from '../../core/platform/descriptor.ts';
import type { Diagnosis } from '../../core/platform/diagnosis.ts';
import type { Provider } from '../../core/provider/provider.ts';
import type { SampleStore } from '../../core/provider/sample.ts';
import type { Settings } from '../../core/settings/settings.ts';

/** What a verb of the command line may use. */
export interface VerbParts {
  /** Writes a line for the person at the terminal. */
  readonly print: (line: string) => void;
  /** The environment as it was configured, without secrets. */
  readonly place: Place;
  /** Starts the whole of Bellhop. Resolves once it takes deliveries; `stopped` resolves when it has ended. */
  readonly serve: () => Promise<{ readonly stopped: Promise<void> }>;
  /** Opens what the command line needs without starting anything. */
  readonly open: () => Promise<Offline>;
  /** How to try each chat service that there are tokens for. */
  readonly diagnoses: readonly Diagnosis[];
  /** The manifest of Bellhop for each chat service that takes one, by platform. */
  readonly manifests: ReadonlyMap<string, ToManifest>;
}

export interface Place {
  readonly dataFolder: string;
  /** Where this machine reaches the server, without a slash at the end. */
  readonly localUrl: string;
  readonly publicUrl: string;
  readonly adminToken: () => Promise<string | undefined>;
}

/** What Bellhop can do without running. */
export interface Offline {
  readonly providers: ReadonlyMap<string, Provider>;
  readonly samples: SampleStore;
  readonly settings: () => Promise<Settings>;
  /** What would be posted for a delivery. */
  readonly preview: (provider: string, delivery: Delivery) => Preview;
}

export interface Preview extends Drawing {
  readonly type: string;
  readonly about: About;
  readonly problems: readonly { readonly template: string; readonly message: string }[];
}

/** A verb of the `bellhop` command. */
export interface Verb {
  readonly summary: string;
  /** What follows the verb, such as `<endpoint> <provider>/<sample>`. */
  readonly usage: string;
  readonly options?: ParseArgsOptionsConfig;
  /** One line for each option. */
  readonly optionHelp?: Readonly<Record<string, string>>;
  /** Gives back the exit code, 0 when left out. Throws `AppError` for what the person can correct. */
  run(
    call: {
      readonly positionals: readonly string[];
      readonly values: Readonly<Record<string, string | boolean | undefined>>;
    },
    parts: VerbParts,
  ): Promise<number | undefined>;
}

/** Declares a verb. The file that calls this names it: `doctor.ts` is `bellhop doctor`. */
export function defineVerb(verb: Verb): Verb {
  return Object.freeze(verb);
}
