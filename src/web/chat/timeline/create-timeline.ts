import type { ChatMessage } from '../../api/shapes.ts';
import type { Place } from './fetch-messages.ts';
import {
  type Hole,
  LONGEST,
  type Page,
  type Stretch,
  toStretch,
  withFilled,
  withNewer,
  withNewest,
  withNews,
  withOlder,
} from './stretch.ts';

export interface TimelineState {
  /** Nothing until the first page has arrived. */
  readonly stretch?: Stretch | undefined;
  /** What was asked for when it was loaded. */
  readonly place?: Place | undefined;
  readonly failure?: unknown;
  /** What is on its way. */
  readonly loading?: 'older' | 'newer' | 'missing' | undefined;
}

export interface TimelineParts {
  readonly fetch: (place: Place) => Promise<Page>;
  /** Whether the reader is at the newest message, and goes on to those that come. */
  readonly isFollowing: () => boolean;
  readonly onChange: (state: TimelineState) => void;
}

export interface Timeline {
  /** Shows another part of the channel. */
  load(place: Place): Promise<void>;
  loadOlder(): Promise<void>;
  loadNewer(): Promise<void>;
  fill(hole: Hole): Promise<void>;
  /** Brings what is shown up to date after something may have been missed. What was, is shown as a hole. */
  catchUp(): Promise<void>;
  /** Takes over a message that was posted or edited. */
  hear(message: ChatMessage): void;
}

/** The part of a channel that is shown, and how it is extended. */
export function createTimeline({ fetch, isFollowing, onChange }: TimelineParts): Timeline {
  let state: TimelineState = {};
  let shown: Place = {};
  /** Only the latest answer counts. */
  let turn = 0;
  /** What was heard since the question was asked whose answer is awaited: the answer may be older. */
  let heard: ChatMessage[] = [];
  /** Whether something may be missing, so that nothing may be added at the end. */
  let isBehind = true;

  function change(next: TimelineState): void {
    state = next;
    onChange(state);
  }

  async function ask(
    work: () => Promise<Stretch>,
    { loading, place = state.place }: Pick<TimelineState, 'loading' | 'place'> = {},
  ): Promise<void> {
    const own = ++turn;
    heard = [];
    if (loading) change({ ...state, loading, failure: undefined });
    try {
      const found = await work();
      if (own !== turn) return;
      isBehind = false;
      const stretch = heard.reduce((now, message) => withNews(now, message, { following: isFollowing() }), found);
      change({ stretch, place });
    } catch (failure) {
      if (own === turn) change({ stretch: state.stretch, place: state.place, failure });
    }
  }

  async function extend(loading: 'older' | 'newer' | 'missing', work: (now: Stretch) => Promise<Stretch>) {
    const { stretch } = state;
    if (!stretch || isBehind || state.loading) return;
    // What was heard meanwhile is in the stretch of then, not in that of now.
    await ask(() => work(stretch), { loading });
  }

  const timeline: Timeline = {
    load(place) {
      shown = place;
      isBehind = true;
      return ask(async () => toStretch(await fetch(place)), { place });
    },
    loadOlder: () =>
      extend('older', async (now) => withOlder(now, await fetch({ before: now.messages[0]?.id ?? '0' }))),
    loadNewer: () =>
      extend('newer', async (now) => withNewer(now, await fetch({ after: now.messages.at(-1)?.id ?? '0' }))),
    fill: (hole) =>
      extend('missing', async (now) => {
        const next = now.messages.find(({ id }) => Number(id) > Number(hole.after));
        return withFilled(now, hole, await fetch({ after: hole.after, ...(next && { before: next.id }) }));
      }),
    async catchUp() {
      const { stretch } = state;
      const [first] = stretch?.messages ?? [];
      isBehind = true;
      if (!stretch || !first) return timeline.load(shown);
      await ask(() => catchUp(stretch, first.id));
    },
    hear(message) {
      heard.push(message);
      const { stretch } = state;
      if (stretch && !isBehind) change({ ...state, stretch: withNews(stretch, message, { following: isFollowing() }) });
    },
  };
  return timeline;

  /** Reads all that is shown once more, because it may have been edited, and what came after it. */
  async function catchUp(stretch: Stretch, first: string): Promise<Stretch> {
    const page = await fetch({ after: String(Number(first) - 1), limit: LONGEST });
    const known = new Map(stretch.messages.map((message) => [message.id, message]));
    const messages = page.messages.map((message) => sameOf(known.get(message.id), message));
    const again: Stretch = { messages, older: stretch.older, newer: page.newer, holes: [] };
    const last = messages.at(-1);
    if (!last || page.newer === 0 || stretch.newer > 0) return again;
    const newest = await fetch({});
    const [next] = newest.messages;
    if (!next || Number(next.id) <= Number(last.id)) return withNewest(again, newest, 0);
    const between = await fetch({ after: last.id, before: next.id, limit: 1 });
    return withNewest(again, newest, between.messages.length + between.newer);
  }
}

/** What is the same stays the same object, so that it is not drawn again. */
function sameOf(known: ChatMessage | undefined, message: ChatMessage): ChatMessage {
  return known && known.editedAt === message.editedAt ? known : message;
}
