import { join } from 'node:path';
import { systemClock } from '../../src/app/system-clock.ts';
import { openHere } from '../doubles/journal-worker.ts';
import { until } from '../until.ts';
import { aWorld, type Endpoint, type World } from '../world.ts';

/** A world whose wall clock stands where a test sets it. Its own chores run beside; a test need not wait for them. */
export async function aMuteWorld(start: string) {
  let [offset, since] = [Date.parse(start), Date.now()];
  const clock = { ...systemClock, now: () => new Date(offset + Date.now() - since) };
  const world = await aWorld({
    clock,
    journal: (folder) => openHere({ path: join(folder, 'journal.db'), clock }),
  });
  const set = (at: string) => {
    [offset, since] = [Date.parse(at), Date.now()];
  };
  return Object.assign(world, {
    /** Lets it be a moment, and does what is due then. */
    async at(moment: string): Promise<void> {
      set(moment);
      const { relay } = world.app;
      await relay.remindOfMutes();
      await relay.releaseHeld();
      await relay.endMutes();
      await relay.digestRemovedMutes();
      await world.settled();
    },
    async send(endpoint: Endpoint, ...deliveries: readonly Parameters<World['deliver']>[1][]): Promise<void> {
      for (const delivery of deliveries) await world.deliver(endpoint, delivery);
      await world.settled();
    },
    /** Without the replies to commands, which have none. */
    async titles(channel = 'ops'): Promise<readonly string[]> {
      return (await world.messages(channel)).flatMap(({ message }) => message.title?.text ?? []);
    },
    /** The titles, once each of these is in one: its own chores may have begun to post them, and not be done. */
    async titlesWith(...parts: readonly string[]): Promise<readonly string[]> {
      return until(async () => {
        const titles = await this.titles();
        return parts.every((part) => titles.some((title) => title.includes(part))) ? titles : undefined;
      }, parts.join(', '));
    },
    async states(endpoint: Endpoint): Promise<readonly string[]> {
      return (await world.events(`endpoint=${endpoint.name}`)).map(({ state }) => state).toReversed();
    },
  });
}

export type MuteWorld = Awaited<ReturnType<typeof aMuteWorld>>;

/** An alert of Alertmanager, as it fires or is over. */
export function anAlert(name: string, status: 'firing' | 'resolved' = 'firing', severity = 'critical', minute = 0) {
  const labels = { alertname: name, severity };
  const alert = { status, labels, annotations: { summary: `${name} happened` }, fingerprint: name };
  return {
    payload: {
      status,
      groupKey: `{}:{alertname="${name}"}`,
      commonLabels: labels,
      alerts: [{ ...alert, startsAt: `2026-01-05T10:0${minute}:00Z` }],
    },
  };
}
