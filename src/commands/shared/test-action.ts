import type { CommandParts } from '../../core/command/command.ts';
import type { CommandAction } from '../../core/message/message.ts';
import type { Endpoint } from '../../core/settings/endpoint.ts';

type Tested = Pick<Endpoint, 'name' | 'provider'>;

/** Whether `/webhook test` can send an endpoint anything: some providers have no sample. */
export function isTestable(
  { provider }: Pick<Tested, 'provider'>,
  { samples }: Pick<CommandParts, 'samples'>,
): boolean {
  return samples.of(provider).size > 0;
}

/** The button that sends an endpoint a test, where that can be done. */
export function testActions(
  endpoint: Tested,
  parts: Pick<CommandParts, 'samples'>,
  style?: 'primary',
): CommandAction[] {
  if (!isTestable(endpoint, parts)) return [];
  return [{ label: 'Send a test', command: 'test', options: { endpoint: endpoint.name }, ...(style && { style }) }];
}
