import type { Decision } from '../core/event/decision.ts';
import type { HookEvent } from '../core/event/event.ts';
import type { ReadEvent } from '../reading/read-event.ts';

export interface ReadyEvent {
  readonly event: HookEvent;
  readonly read: ReadEvent;
  readonly decision: Decision;
}

/** Events kept at hand between deciding and posting. Those that do not fit are read again from the journal. */
export interface AtHand {
  add(ready: ReadyEvent): void;
  get(eventId: string): ReadyEvent | undefined;
  remove(eventId: string): void;
}

/** What is read of a body takes several times its bytes. */
const MOST = { events: 500, bytes: 4 * 1024 * 1024 } as const;

export function createAtHand(): AtHand {
  const held = new Map<string, ReadyEvent>();
  let bytes = 0;
  return {
    add(ready) {
      const { event } = ready;
      if (held.has(event.id) || held.size >= MOST.events || bytes + event.body.length > MOST.bytes) return;
      held.set(event.id, ready);
      bytes += event.body.length;
    },
    get: (eventId) => held.get(eventId),
    remove(eventId) {
      bytes -= held.get(eventId)?.event.body.length ?? 0;
      held.delete(eventId);
    },
  };
}
