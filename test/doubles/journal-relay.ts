import type { Journal } from '../../src/core/event/journal.ts';
import type { Relay } from '../../src/core/event/relay.ts';
import { toMessage } from '../../src/core/message/message.ts';
import { isSamePlace } from '../../src/core/settings/channel.ts';
import { noMask } from '../../src/core/settings/secret-mask.ts';
import type { SettingsStore } from '../../src/core/settings/settings.ts';
import { cleanEvent } from '../../src/reading/clean-event.ts';

type Request = Parameters<Relay['deliver']>[0];

export interface JournalRelay extends Relay {
  /** What a request to an endpoint meets; 202 and nothing more until a test says otherwise. */
  answer: (request: Request) => Promise<{ status: number; body: string }>;
  readonly ended: string[];
}

/** A relay that writes what it owes to the journal and posts nothing. */
export function createJournalRelay(journal: Journal, settings: SettingsStore): JournalRelay {
  const ended: string[] = [];
  const relay: JournalRelay = {
    ended,
    answer: async () => ({ status: 202, body: '' }),
    replay: (event) => {
      const endpoint = settings.current.endpoints.find(({ id }) => id === event.endpointId);
      return journal.posts.owe(
        (endpoint?.routes ?? []).map(({ id, ...place }) => ({
          ...place,
          routeId: id,
          eventId: event.id,
          endpointId: event.endpointId,
          state: 'due',
          replay: true,
        })),
      );
    },
    decideAgain: async () => ({ about: { title: '' }, decision: { decidedAt: '', steps: [], routes: [] } }),
    read: (event) => cleanEvent(event, noMask),
    show: (event) => cleanEvent(event, noMask),
    compose: () => toMessage({}),
    notify: (posts) => journal.posts.owe(posts),
    retry: async (ids) => (await journal.posts.retry(ids)).length,
    hurry: () => undefined,
    drop: async (ids) => (await journal.posts.drop(ids)).length,
    deliver: (request) => relay.answer(request),
    endMutes: async () => undefined,
    watchSilence: async () => undefined,
    reportNoise: async () => undefined,
    searchBodies: async () => undefined,
    expirePending: async () => undefined,
    digestRemovedMutes: async () => undefined,
    releaseHeld: async () => undefined,
    remindOfMutes: async () => undefined,
    async announce(endpointId, message, except) {
      const endpoint = settings.current.endpoints.find(({ id }) => id === endpointId);
      const others = (endpoint?.routes ?? []).filter((route) => !isSamePlace(route, except));
      await journal.posts.owe(
        others.map(({ id, ...place }) => ({ ...place, routeId: id, endpointId, state: 'due', message })),
      );
    },
    async endMute(muteId) {
      let found = false;
      await settings.update((now) => {
        found = now.mutes.some(({ id }) => id === muteId);
        return { ...now, mutes: now.mutes.filter(({ id }) => id !== muteId) };
      });
      if (found) ended.push(muteId);
      return found;
    },
  };
  return relay;
}
