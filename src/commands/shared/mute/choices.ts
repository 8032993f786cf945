import type { CommandAction } from '../../../core/message/message.ts';
import type { Mute } from '../../../core/settings/mute.ts';

const TIMES = [
  ['15 min', { for: '15m' }],
  ['1 h', { for: '1h' }],
  ['4 h', { for: '4h' }],
  ['Until tomorrow', { until: 'tomorrow 9am' }],
] as const;

/** Other times for a mute that somebody just made by a button, and the same for one type of event only. */
export function toChoices({ id, endpointId, match }: Mute, type: string | undefined): readonly CommandAction[] {
  const options = { endpoint: endpointId, ...match, confirm: 'yes' };
  return [
    ...TIMES.map(([label, time]) => ({ label, command: 'mute', options: { ...options, ...time, instead: id } })),
    ...(type !== undefined && match.type === undefined
      ? [{ label: `Only ${type}`, command: 'mute', options: { ...options, type, for: '1h', instead: id } }]
      : []),
  ];
}
