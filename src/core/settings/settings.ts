import type { Endpoint } from './endpoint.ts';
import type { Mute } from './mute.ts';
import type { Person } from './person.ts';
import type { TemplateDraft } from './template-draft.ts';
import type { TemplateOverride } from './template-override.ts';

/** Endpoints, routes, mutes, template overrides, people. Immutable: a change makes a new one. Secrets are plain here and sealed on disk. */
export interface Settings {
  readonly endpoints: readonly Endpoint[];
  readonly mutes: readonly Mute[];
  readonly templates: readonly TemplateOverride[];
  /** Texts of templates that nobody has saved yet, oldest first. */
  readonly drafts?: readonly TemplateDraft[];
  readonly people: readonly Person[];
  /** Who may do everything besides a platform's own admins, as `platform:user` or `discord:&role`. */
  readonly admins: readonly string[];
  /**
   * The servers that this installation serves, as `platform:server`, where a chat lets strangers add it to theirs. Absent where
   * the settings are older than this list: then it is filled once, from the channels that routes lead to.
   */
  readonly servers?: readonly string[];
  /** The channels that get no weekly report of their noise, as `platform:channel`. */
  readonly quietReports?: readonly string[];
  /** The IANA time zones of people, by `platform:user`, where they have said which is theirs. */
  readonly zones?: Readonly<Record<string, string>>;
  /** The address at which providers reach Bellhop, where an admin set it; the environment's counts before it. */
  readonly publicUrl?: string;
}

export const emptySettings: Settings = Object.freeze({
  endpoints: [],
  mutes: [],
  templates: [],
  people: [],
  admins: [],
  servers: [],
});

/** Keeps settings. Every implementation passes `test/contracts/settings.ts`. */
export interface SettingsStore {
  /** The settings now. The same object until something changes. */
  readonly current: Settings;
  /**
   * Applies a change to the latest settings and resolves once it is synced to disk. Changes are applied one after another.
   * Throws `AppError` and changes nothing when the change throws, the result is invalid, or the disk refuses.
   */
  update(change: (settings: Settings) => Settings): Promise<Settings>;
  /**
   * Takes in what other nodes have changed by now. It looks a few times a second at most, for all who ask meanwhile. Throws
   * `AppError` where they cannot be read. Absent where no other node changes them.
   */
  look?(): Promise<void>;
  /** Calls back after every change, whoever made it. */
  onChange(listener: (settings: Settings) => void): void;
  close(): Promise<void>;
}
