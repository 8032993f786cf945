import type { HookEvent } from '../../core/event/event.ts';
import type { Decided } from '../../core/event/post.ts';

/** The record of an event that cannot be decided: it is posted nowhere, counts as failed, and says why. */
export function toSetAside(
  { id, provider, type }: HookEvent,
  { reason, now }: { readonly reason: string; readonly now: Date },
): Decided {
  return {
    eventId: id,
    about: { title: `${provider}: ${type}` },
    decision: {
      decidedAt: now.toISOString(),
      steps: [{ step: 'failed', text: `could not be decided: ${reason}` }],
      routes: [],
    },
    posts: [],
    setAside: true,
  };
}
