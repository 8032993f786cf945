import type { Caller } from '../../core/command/permission.ts';
import type { CommandAction } from '../../core/message/message.ts';
import type { Reach } from '../../core/settings/describe-reach.ts';

/** The button that sets the address of a tunnel that runs, for those who may. */
export function toReachActions(reach: Reach | undefined, { role }: Pick<Caller, 'role'>): readonly CommandAction[] {
  if (!reach?.tunnel || role !== 'admin') return [];
  const { title, url } = reach.tunnel;
  return [{ label: `Use ${title}`, command: 'address', options: { url } }];
}
