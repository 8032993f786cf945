import type { NoiseDesk } from '../../core/command/desks/noise-desk.ts';
import type { NewPost } from '../../core/event/post.ts';
import type { Log } from '../../core/log.ts';
import type { Place } from '../../core/settings/channel.ts';
import type { SettingsStore } from '../../core/settings/settings.ts';
import { DAY } from '../../core/text/duration.ts';
import { toNotices } from '../notices/to-notices.ts';

export interface WeeklyParts {
  readonly settings: SettingsStore;
  readonly desk: NoiseDesk;
  readonly notify: (posts: readonly NewPost[]) => Promise<unknown>;
  readonly log: Log;
}

/** A channel with fewer messages than these is not noisy. */
const LEAST = 20;

/** Posts the report of the last week in each channel in which there is something to propose. */
export function createWeeklyReports({ settings, desk, notify, log }: WeeklyParts): () => Promise<void> {
  return async () => {
    const { endpoints, quietReports = [] } = settings.current;
    const places = new Map<string, Place>();
    for (const { platform, channel, channelName } of endpoints.flatMap(({ routes }) => routes))
      places.set(`${platform}:${channel}`, { platform, channel, channelName });
    // One after another: nobody waits for them, and deliveries do not either.
    for (const [name, place] of places) {
      if (quietReports.includes(name)) continue;
      try {
        const report = await desk.report(place, 7 * DAY);
        if (report.messages < LEAST || !report.lines.some(({ proposal }) => proposal)) continue;
        const { body, actions, ...message } = desk.describe(report);
        const off = { label: 'No more reports', command: 'noise', options: { weekly: 'off' }, tucked: true };
        await notify(toNotices([place], undefined, { ...message, body, actions: [...actions, off] }));
      } catch (error) {
        log.error({ err: error, channel: name }, 'a noise report could not be made');
      }
    }
  };
}
