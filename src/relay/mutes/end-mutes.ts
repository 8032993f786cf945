import type { Clock } from '../../core/clock.ts';
import type { Journal } from '../../core/event/journal.ts';
import type { Relay } from '../../core/event/relay.ts';
import type { Log } from '../../core/log.ts';
import type { Mute } from '../../core/settings/mute.ts';
import type { SettingsStore } from '../../core/settings/settings.ts';
import type { Decider } from '../decide-events.ts';
import type { Notifier } from '../notices/notifier.ts';
import { toDigest } from './digest.ts';
import { readHeld } from './held.ts';

export interface MuteEnderParts {
  readonly settings: SettingsStore;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly log: Log;
  readonly between: Decider['between'];
  readonly notify: Notifier['notify'];
}

/** Ends mutes, and gives each channel the digest of what was held for it. */
export function createMuteEnder({
  settings,
  journal,
  clock,
  log,
  between,
  notify,
}: MuteEnderParts): Pick<Relay, 'endMute' | 'endMutes' | 'digestRemovedMutes'> {
  /**
   * Removes the mute as it stands when its turn comes, so that one extended meanwhile stays. The digest comes after, since
   * what a removed mute holds is found again, and a digest cannot be taken back.
   */
  async function end(muteId: string, isOver: (mute: Mute) => boolean): Promise<boolean> {
    let ended: Mute | undefined;
    await settings.update((current) => {
      ended = current.mutes.find((mute) => mute.id === muteId && isOver(mute));
      return ended ? { ...current, mutes: current.mutes.filter((mute) => mute !== ended) } : current;
    });
    if (!ended) return false;
    await writeDigest(muteId, ended).catch((error: unknown) =>
      log.error({ err: error, muteId }, 'the digest of a mute could not be written; trying again'),
    );
    return true;
  }

  async function writeDigest(muteId: string, mute: Mute | undefined): Promise<void> {
    const held = await readHeld(muteId, journal);
    const endpointId = mute?.endpointId ?? held[0]?.endpointId;
    const endpoint = settings.current.endpoints.find(({ id }) => id === endpointId);
    const digests = toDigest({ muteId, mute, endpoint, held, now: clock.now() });
    if (digests.length) await notify(digests);
  }

  const isOver = ({ until }: Mute) => Date.parse(until) <= clock.now().getTime();
  const stands = (muteId: string) => settings.current.mutes.some(({ id }) => id === muteId);

  return {
    endMute: (muteId) => between(() => end(muteId, () => true)),
    async endMutes() {
      for (const { id } of settings.current.mutes.filter(isOver))
        await between(() => end(id, isOver)).catch((error: unknown) =>
          log.error({ err: error, muteId: id }, 'a mute could not be ended; trying again'),
        );
    },
    async digestRemovedMutes() {
      for (const muteId of await journal.posts.holding())
        if (!stands(muteId)) await between(async () => (stands(muteId) ? undefined : writeDigest(muteId, undefined)));
    },
  };
}
