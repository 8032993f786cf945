import type { Clock } from '../../core/clock.ts';
import { openSettings } from '../../stores/settings/open-settings.ts';
import type { Nodes } from './nodes.ts';

/** A node that has all to itself. */
export function oneNode(clock: Clock): Nodes {
  return {
    clock,
    openSettings,
    sharedKey: () => undefined,
    notes: () => undefined,
    shareLive: (own) => own,
    shareEvents: (note) => note,
    shareMessages: ({ show }) => show,
    splitChores: (chores) => [chores, new Map()],
    listen: async () => undefined,
    join: async () => undefined,
    leave: async () => undefined,
  };
}
