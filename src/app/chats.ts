import type { Message } from '../core/message/message.ts';
import type {
  ConnectedPlatform,
  DescriptorParts,
  PlatformDescriptor,
  ToManifest,
} from '../core/platform/descriptor.ts';
import type { Diagnosis } from '../core/platform/diagnosis.ts';
import { discord } from '../platforms/discord/descriptor.ts';
import { slack } from '../platforms/slack/descriptor.ts';
import { parseMarkdown } from '../render/markdown/markdown.ts';
import type { Config } from './config.ts';
import { readInstallation } from './settings/read-installation.ts';
import { systemClock } from './system-clock.ts';

export type ChatDescriptor = PlatformDescriptor<Config>;

/** Every chat service that Bellhop knows. One more is one more line here, and its variables in `config.ts`. */
export const chats: readonly ChatDescriptor[] = [slack, discord];

/** Connects the chat services that the environment has tokens for. */
export function connectChats(
  config: Config,
  descriptors: readonly ChatDescriptor[],
  parts: Omit<DescriptorParts<Config>, 'parseMarkdown'>,
): readonly ConnectedPlatform[] {
  return descriptors
    .map(({ connect }) => connect(config, { ...parts, parseMarkdown }))
    .filter((connected) => connected !== undefined);
}

/** What each service would be sent for a message, connected or not, by the service's name. */
export function drawFor(
  message: Message,
  descriptors: readonly ChatDescriptor[],
): Readonly<Record<string, readonly unknown[]>> {
  return Object.fromEntries(descriptors.map(({ name, toPayloads }) => [name, toPayloads(message, { parseMarkdown })]));
}

/** How to try each chat service that the environment has tokens for. */
export function createDiagnoses(config: Config): readonly Diagnosis[] {
  return chats.flatMap(({ name, title, diagnose }) => {
    const run = diagnose(config, {
      clock: systemClock,
      parseMarkdown,
      readInstallation: () => readInstallation(config),
    });
    return run ? [{ name, title, run }] : [];
  });
}

/** The manifest of Bellhop for each chat service that takes one, by the service's name. */
export function createManifests(): ReadonlyMap<string, ToManifest> {
  return new Map(chats.flatMap(({ name, manifest }) => (manifest ? [[name, manifest] as const] : [])));
}
