import type { MessageRef } from './message-ref.ts';

/** A message that stands already, and when it was posted, ISO 8601. */
export interface StandingMessage {
  readonly ref: MessageRef;
  readonly postedAt: string;
}

/**
 * What is done with a post when its turn comes. `post` makes a message of its own: it may follow another, because the
 * subject is open again, needs a reminder, pings somebody (no edit can), or its message is gone. `edit` has a standing message show it, `count` has
 * one say how often, `reply` replies in its thread. `keep` leaves one as it is, for it shows a later state. `gathered`
 * is shown by a message that shows what came later as well. `rollUp` is shown by one message in place of many, which stands
 * already or is posted; then it pings those whom the critical ones name.
 */
export type Plan =
  | { readonly act: 'post'; readonly because?: Because; readonly after?: StandingMessage }
  | { readonly act: 'edit' | 'count' | 'keep' | 'gathered'; readonly of: StandingMessage }
  | { readonly act: 'reply'; readonly of: StandingMessage; readonly broadcast?: true }
  | { readonly act: 'rollUp'; readonly of?: StandingMessage; readonly pings?: readonly string[] };

/** Why a subject that has a message gets another. */
export type Because = 'again' | 'worse' | 'reminder' | 'ping' | 'gone' | 'rolledUp';
