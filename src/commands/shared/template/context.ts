import type { CommandParts } from '../../../core/command/command.ts';
import type { Caller } from '../../../core/command/permission.ts';
import type { TemplateValues } from './options.ts';

/** What an action of `/webhook template` works with. */
export interface TemplateCall {
  readonly options: TemplateValues;
  readonly caller: Caller;
  readonly parts: CommandParts;
}
