import type { Clock } from '../../core/clock.ts';
import type { Notes } from '../../core/cluster.ts';
import type { LocalMessage, MessageStore } from '../../core/event/local-message.ts';
import type { Platform } from '../../core/platform/platform.ts';
import type { SettingsStore } from '../../core/settings/settings.ts';
import type { Codes } from '../../http/auth.ts';
import type { Live } from '../../http/live/live.ts';
import type { RelayDuties } from '../../relay/create-relay.ts';
import type { Chore } from '../../schedule/shared/chore.ts';
import type { OpenCluster } from '../../stores/cluster/open-cluster.ts';
import type { SettingsOptions } from '../../stores/settings/open-settings.ts';
import type { LeadParts } from './create-lead.ts';
import type { MessageChange } from './share-feeds.ts';

export type Chores = ReadonlyMap<string, Chore>;
export type ShowMessage = (message: LocalMessage, change: MessageChange) => void;

/** What is done in another way where several nodes share a database than where there is one. */
export interface Nodes {
  /** What the nodes share; nothing where there is one. */
  readonly cluster?: OpenCluster;
  readonly clock: Clock;
  openSettings(options: SettingsOptions): Promise<SettingsStore>;
  /** The key, where all nodes have the same. */
  sharedKey(key: Buffer): Buffer | undefined;
  /** Where sign-in codes are kept that any node takes; nothing where one makes and takes them. */
  readonly codes?: Codes;
  notes(key: Buffer): Notes | undefined;
  /** What the pages of all nodes are sent. */
  shareLive(own: Live): Live;
  shareEvents(note: (eventId: string) => void): (eventId: string) => void;
  shareMessages(parts: { readonly messages: Pick<MessageStore, 'find'>; readonly show: ShowMessage }): ShowMessage;
  /** The chores that this node does in any case, and those that it does for all while it leads. */
  splitChores(chores: Chores): readonly [own: Chores, forAll: Chores];
  /** Begins to hear what others say. No connection to a chat is held before this node leads. */
  listen(platforms: Iterable<Platform>): Promise<void>;
  /** Takes part: lanes and the lead may fall to this node. */
  join(parts: LeadParts & { readonly duties: RelayDuties }): Promise<void>;
  leave(): Promise<void>;
}
