import type { Clock } from '../../core/clock.ts';
import type { Command, CommandRunner } from '../../core/command/command.ts';
import type { TemplateDesk } from '../../core/command/desks/template-desk.ts';
import type { Journal } from '../../core/event/journal.ts';
import type { Drawing } from '../../core/message/drawing.ts';
import type { Message } from '../../core/message/message.ts';
import type { Platform } from '../../core/platform/platform.ts';
import type { Provider } from '../../core/provider/provider.ts';
import type { SampleStore } from '../../core/provider/sample.ts';
import type { Address } from '../../core/settings/address.ts';
import type { SettingsStore } from '../../core/settings/settings.ts';

import type { RelayParts, RunningRelay } from '../../relay/create-relay.ts';
import type { Auth } from '../auth.ts';
import type { Live } from '../live/live.ts';

/** What the API needs of the rest. */
export interface ApiParts {
  readonly run: CommandRunner;
  readonly commands: ReadonlyMap<string, Command>;
  readonly settings: SettingsStore;
  readonly journal: Journal;
  readonly providers: ReadonlyMap<string, Provider>;
  readonly platforms: ReadonlyMap<string, Platform>;
  readonly local: Platform;
  readonly relay: RunningRelay;
  readonly composer: RelayParts['composer'];
  readonly templates: TemplateDesk;
  readonly samples: SampleStore;
  readonly draw: (message: Message) => Drawing;
  /** Everything a message says, as plain text. */
  readonly toText: (message: Message) => string;
  readonly clock: Clock;
  readonly auth: Auth;
  readonly live: Live;
  readonly address: Address;
  readonly version: string;
}
