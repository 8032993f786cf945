import type { Clock } from '../../core/clock.ts';
import type { Journal } from '../../core/event/journal.ts';
import type { Relay } from '../../core/event/relay.ts';
import type { Log } from '../../core/log.ts';
import { escapeMarkdown, momentMarkdown } from '../../core/message/message.ts';
import { describeMatch, type Mute } from '../../core/settings/mute.ts';
import type { SettingsStore } from '../../core/settings/settings.ts';
import { HOUR, MINUTE } from '../../core/text/duration.ts';
import type { Notifier } from '../notices/notifier.ts';
import { toNotices } from '../notices/to-notices.ts';

/** Mutes that last at least so long have a reminder, so long before they end. Milliseconds. */
const REMINDER = { from: 4 * HOUR, before: 30 * MINUTE } as const;
const COUNTED = 100;

/** Says in the channels of long mutes that they end soon. */
export function createReminder({
  settings,
  journal,
  clock,
  log,
  notify,
}: {
  readonly settings: SettingsStore;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly log: Log;
  readonly notify: Notifier['notify'];
}): Pick<Relay, 'remindOfMutes' | 'announce'> {
  async function remind({ id }: Mute): Promise<void> {
    let mute: Mute | undefined;
    // Written down first: a reminder that is missed after a crash is better than one that comes again.
    await settings.update((current) => {
      mute = current.mutes.find((each) => each.id === id && isDue(each, clock.now()));
      const until = mute?.until;
      if (until === undefined) return current;
      const mutes = current.mutes.map((each) => (each === mute ? { ...each, reminded: until } : each));
      return { ...current, mutes };
    });
    const endpoint = settings.current.endpoints.find((each) => each.id === mute?.endpointId);
    if (!mute?.until || !endpoint) return;
    const held = (await journal.posts.list({ muteId: id, state: 'held', limit: COUNTED })).length;
    const options = { endpoint: endpoint.id, mute: id };
    await notify(
      toNotices(endpoint.routes, endpoint.id, {
        title: { text: `A mute of ${endpoint.name} ends soon` },
        body: `${escapeMarkdown(describeMatch(mute))}, muted by ${escapeMarkdown(mute.by)}${mute.reason ? `: ${escapeMarkdown(mute.reason)}` : ''}. It ends ${momentMarkdown(new Date(mute.until))}; ${held >= COUNTED ? `${COUNTED} or more` : held} held so far.`,
        actions: [
          { label: 'Extend 1 h', command: 'extend', options: { ...options, by: '1h' }, style: 'primary' },
          { label: 'Extend 1 day', command: 'extend', options: { ...options, by: '1d' } },
          { label: 'Unmute', command: 'unmute', options, tucked: true },
        ],
      }),
    );
  }

  return {
    async remindOfMutes() {
      const now = clock.now();
      for (const mute of settings.current.mutes.filter((each) => isDue(each, now)))
        await remind(mute).catch((error: unknown) =>
          log.error({ err: error, muteId: mute.id }, 'channels could not be reminded of a mute'),
        );
    },
    async announce(endpointId, message, except) {
      const endpoint = settings.current.endpoints.find(({ id }) => id === endpointId);
      const others = (endpoint?.routes ?? []).filter(
        ({ platform, channel }) => platform !== except.platform || channel !== except.channel,
      );
      await notify(
        others.map(({ id, platform, channel, channelName }) => ({
          platform,
          channel,
          channelName,
          routeId: id,
          state: 'due',
          endpointId,
          message,
        })),
      );
    },
  };
}

function isDue({ until, createdAt, reminded }: Mute, now: Date): boolean {
  if (until === undefined || reminded === until) return false;
  const left = Date.parse(until) - now.getTime();
  return left > 0 && left <= REMINDER.before && Date.parse(until) - Date.parse(createdAt) >= REMINDER.from;
}
