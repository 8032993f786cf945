import type { Clock } from '../clock.ts';
import type { Claims, Notes } from '../cluster.ts';
import type { Log } from '../log.ts';
import type { Message } from '../message/message.ts';
import type { ParseMarkdown } from '../message/tree.ts';
import type { Settings, SettingsStore } from '../settings/settings.ts';
import type { Diagnosis } from './diagnosis.ts';
import type { Entrance } from './entrance.ts';
import type { Platform } from './platform.ts';

export interface DescriptorParts<Environment> {
  readonly clock: Clock;
  readonly log: Log;
  readonly parseMarkdown: ParseMarkdown;
  /** The environment as it is now, asked for when a token is refused. Throws `AppError`. */
  readonly readEnvironment: () => Environment;
  /** Where a platform keeps what it has to remember of the servers that it serves. */
  readonly settings: Pick<SettingsStore, 'current' | 'update'>;
  /** The installation's own key. */
  readonly key: Buffer;
  /** With other nodes: what comes to one of them again after it came to another. */
  readonly claims?: Claims | undefined;
  /** With other nodes: where each finds what a button of another stands for. */
  readonly notes?: Notes | undefined;
}

/** What an installation has on disk. */
export interface Installation {
  readonly settings: Settings;
  readonly key: Buffer;
}

export interface DiagnosisParts {
  readonly clock: Clock;
  readonly parseMarkdown: ParseMarkdown;
  /** The installation as it is on disk; nothing where Bellhop was never started. Throws `AppError`. */
  readonly readInstallation: () => Promise<Installation | undefined>;
}

export interface ConnectedPlatform {
  readonly platform: Platform;
  /** Where the platform reaches us, if it does so over HTTP. */
  readonly entrance?: Entrance;
}

/** Bellhop as a chat service wants it described, and the page of that service whose form the link fills in. */
export interface Manifest {
  readonly content: object;
  readonly link: string;
}

/** How a chat service is to reach Bellhop: over HTTP at an address, which nobody may have set yet, or not at all. */
export type Reached = { readonly http: false } | { readonly http: true; readonly publicUrl: string | undefined };

/** Describes Bellhop to a chat service. Throws `AppError`. */
export type ToManifest = (reached: Reached) => Manifest;

/**
 * A chat service that Bellhop knows: how it draws a message, and how it is connected, tried and set up with the
 * environment's variables. Its libraries are loaded when it connects.
 */
export interface PlatformDescriptor<Environment> {
  readonly name: string;
  /** What people call it: `Slack`. */
  readonly title: string;
  /** What the service would be sent for a message, in order; the first payload carries the buttons. */
  toPayloads(message: Message, parts: { readonly parseMarkdown: ParseMarkdown }): readonly unknown[];
  /** Nothing where the environment holds no token. */
  connect(environment: Environment, parts: DescriptorParts<Environment>): ConnectedPlatform | undefined;
  /** How to try the service; nothing where the environment holds no token. */
  diagnose(environment: Environment, parts: DiagnosisParts): Diagnosis['run'] | undefined;
  /** Describes Bellhop to the service before it is connected, where the service wants that. */
  readonly manifest?: ToManifest;
}
