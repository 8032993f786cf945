import type { ChatMessage } from '../../api/shapes.ts';

/** Messages of a channel that follow one another, and how many are on each side, as far as they are counted. */
export interface Page {
  /** Newest last. */
  readonly messages: readonly ChatMessage[];
  readonly older: number;
  readonly newer: number;
}

/** Messages that are not loaded, between two that are. */
export interface Hole {
  /** The message before it. */
  readonly after: string;
  readonly count: number;
}

/** The part of a channel that is on the page. What is missing in it is a hole. */
export interface Stretch extends Page {
  readonly holes: readonly Hole[];
}

/** Messages on the page at most: a channel may hold thousands, and each is drawn. */
export const LONGEST = 200;

export function toStretch(page: Page): Stretch {
  return { ...page, holes: [] };
}

/** Adds what stands before, and lets go of the newest where it becomes too long. */
export function withOlder(stretch: Stretch, page: Page): Stretch {
  return withoutNewest({ ...stretch, messages: [...page.messages, ...stretch.messages], older: page.older });
}

/** Adds what follows, and lets go of the oldest where it becomes too long. */
export function withNewer(stretch: Stretch, page: Page): Stretch {
  return withoutOldest({ ...stretch, messages: merge(stretch.messages, page.messages), newer: page.newer });
}

/** Adds the newest messages of the channel, before which so many are not loaded. */
export function withNewest(stretch: Stretch, newest: Page, missing: number): Stretch {
  const last = stretch.messages.at(-1);
  if (!last) return toStretch(newest);
  const hole = missing > 0 ? [{ after: last.id, count: missing }] : [];
  const messages = merge(stretch.messages, newest.messages);
  return withoutOldest({ ...stretch, messages, newer: 0, holes: [...stretch.holes, ...hole] });
}

/** Fills a hole from its beginning; `page.newer` are still missing. Lets go of the oldest where it becomes too long. */
export function withFilled(stretch: Stretch, { after }: Hole, page: Page): Stretch {
  const rest = stretch.holes.filter((hole) => hole.after !== after);
  const last = page.messages.at(-1);
  const left = last && page.newer > 0 ? [{ after: last.id, count: page.newer }] : [];
  return withoutOldest({ ...stretch, messages: merge(stretch.messages, page.messages), holes: [...rest, ...left] });
}

/** Takes over a message that was posted or edited. Where its reader looks at older ones, they keep their place and it waits. */
export function withNews(stretch: Stretch, message: ChatMessage, { following }: { following: boolean }): Stretch {
  const { messages, older, newer } = stretch;
  if (messages.some(({ id }) => id === message.id)) return { ...stretch, messages: merge(messages, [message]) };
  const before = messages.findLast((each) => order(each, message) < 0);
  const isMissing = before ? stretch.holes.some(({ after }) => after === before.id) : older > 0;
  if (isMissing) return stretch;
  const isLast = before?.id === messages.at(-1)?.id;
  const isFull = messages.length >= LONGEST && !following;
  if (isLast && (newer > 0 || isFull)) return { ...stretch, newer: newer + 1 };
  return withoutOldest({ ...stretch, messages: merge(messages, [message]) });
}

/** Newer versions take the place of older ones. */
function merge(known: readonly ChatMessage[], news: readonly ChatMessage[]): readonly ChatMessage[] {
  const byId = new Map(known.map((message) => [message.id, message]));
  for (const message of news) {
    const before = byId.get(message.id);
    if (!before || (before.editedAt ?? '') <= (message.editedAt ?? '')) byId.set(message.id, message);
  }
  return [...byId.values()].toSorted(order);
}

function withoutOldest(stretch: Stretch): Stretch {
  const { shorter, gone } = cut(stretch, stretch.messages.slice(-LONGEST));
  return { ...shorter, older: stretch.older + gone };
}

function withoutNewest(stretch: Stretch): Stretch {
  const { shorter, gone } = cut(stretch, stretch.messages.slice(0, LONGEST));
  return { ...shorter, newer: stretch.newer + gone };
}

/** Keeps these messages and the holes between them; `gone` counts the others, those in holes as well. */
function cut(stretch: Stretch, messages: readonly ChatMessage[]): { readonly shorter: Stretch; readonly gone: number } {
  const inside = new Set(messages.slice(0, -1).map(({ id }) => id));
  const holes = stretch.holes.filter(({ after }) => inside.has(after));
  const others = stretch.holes.filter(({ after }) => !inside.has(after));
  const missing = others.reduce((sum, { count }) => sum + count, 0);
  return {
    shorter: { ...stretch, messages, holes },
    gone: stretch.messages.length - messages.length + missing,
  };
}

function order(a: { readonly id: string }, b: { readonly id: string }): number {
  return Number(a.id) - Number(b.id);
}
