import type { Clock } from '../../core/clock.ts';
import type { Journal } from '../../core/event/journal.ts';
import type { NewPost } from '../../core/event/post.ts';
import type { Endpoint } from '../../core/settings/endpoint.ts';
import { isPending, pendingUntil } from '../../core/settings/pending.ts';
import type { SettingsStore } from '../../core/settings/settings.ts';
import { toExpiredPendingNotice } from '../notices/expired-pending.ts';

export interface ExpiryParts {
  readonly settings: SettingsStore;
  readonly journal: Pick<Journal, 'audit' | 'held'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly notify: (posts: readonly NewPost[]) => Promise<unknown>;
}

/** Deletes the endpoints for which nobody has said in time who sends to them, and says so in their channels. */
export function createPendingExpiry({ settings, journal, clock, notify }: ExpiryParts): () => Promise<void> {
  return async () => {
    const now = clock.now();
    const isOver = (endpoint: Endpoint) => isPending(endpoint) && pendingUntil(endpoint) <= now;
    for (const endpoint of settings.current.endpoints.filter(isOver)) {
      const { id, name } = endpoint;
      const held = await journal.held.count(id);
      await journal.audit.add({
        at: now,
        by: 'bellhop',
        byName: 'Bellhop',
        action: 'delete',
        endpointId: id,
        detail: `deleted ${name}: nobody named its sender in time`,
      });
      const after = await settings.update((current) => ({
        ...current,
        endpoints: current.endpoints.filter((each) => each.id !== id || !isOver(each)),
      }));
      // Somebody may have named its sender this very moment.
      if (!after.endpoints.some((each) => each.id === id)) await notify(toExpiredPendingNotice(endpoint, held));
    }
  };
}
