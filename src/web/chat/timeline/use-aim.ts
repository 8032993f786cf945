import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Channel } from '../channels/use-channels.ts';
import type { Timeline, TimelineState } from './create-timeline.ts';
import type { Place } from './fetch-messages.ts';

/** What is to be brought into sight: the end, the first new message, a message, or the reply that comes next. */
export type Aim = { readonly at: 'end' | 'new' | 'reply' } | { readonly at: 'message'; readonly id: string };

export interface AimQuery {
  readonly scroller: RefObject<HTMLElement | null>;
  readonly timeline: TimelineState & Timeline;
  readonly opening: Channel;
  /** The message that the page's address names. */
  readonly message: string | undefined;
  /** Both grow with each reply. */
  readonly replies: number;
  readonly notes: number;
}

/** Milliseconds for which a message that was looked for stands out. */
const FLASH = 1_500;

/** Brings into sight what the reader asks for, and loads it first where it is not there. */
export function useAim({ scroller, timeline, opening, message, replies, notes }: AimQuery) {
  const { stretch, place: loaded } = timeline;
  const pending = useRef<{ readonly aim: Aim; readonly place: Place | undefined } | undefined>(undefined);
  const before = useRef({ replies, notes });
  const [isMissing, setMissing] = useState(false);

  function aim(next: Aim): void {
    const place = toPlace(next);
    if (!place) {
      pending.current = undefined;
      bring(next);
      return;
    }
    pending.current = { aim: next, place };
    void timeline.load(place);
  }

  /** What has to be loaded; nothing where it is there. */
  function toPlace(next: Aim): Place | undefined {
    if (next.at === 'message') return find(next.id) && stretch ? undefined : { around: next.id };
    return stretch?.newer === 0 ? undefined : {};
  }

  function bring(next: Aim): void {
    if (!scroller.current) return;
    if (next.at === 'message') setMissing(!find(next.id));
    show(scroller.current, next);
    // Some drawings have their height only after they are in the page.
    requestAnimationFrame(() => scroller.current && show(scroller.current, next));
    if (next.at === 'message') flash(find(next.id));
  }

  useLayoutEffect(() => {
    if (message !== undefined) return aim({ at: 'message', id: message });
    if (stretch) return;
    const around = opening.unread > 0 ? opening.read : undefined;
    const place: Place = around ? { around } : {};
    pending.current = { aim: { at: around ? 'new' : 'end' }, place };
    void timeline.load(place);
  }, [message]);

  useEffect(() => {
    const isAnswered = replies > before.current.replies;
    const isNoted = notes > before.current.notes;
    before.current = { replies, notes };
    if (!isAnswered && !isNoted) return;
    if (stretch?.newer !== 0 || isNoted) return aim({ at: 'reply' });
    pending.current = { aim: { at: 'reply' }, place: loaded };
    void timeline.loadNewer();
  }, [replies, notes]);

  useLayoutEffect(() => {
    if (!stretch || !pending.current || pending.current.place !== loaded) return;
    const { aim: next } = pending.current;
    pending.current = undefined;
    bring(next);
  }, [stretch]);

  return { aim, isMissing: isMissing && message !== undefined };
}

function show(scroller: HTMLElement, aim: Aim): void {
  if (aim.at === 'message') {
    find(aim.id)?.scrollIntoView({ block: 'center' });
    return;
  }
  scroller.scrollTop = 0;
  const tall = aim.at === 'end' ? undefined : findStart(scroller, aim.at);
  const above = tall ? tall.getBoundingClientRect().top - scroller.getBoundingClientRect().top : 0;
  if (above < 0) scroller.scrollTop = above;
}

/** Where somebody begins to read what is new, or the last reply. */
function findStart(scroller: HTMLElement, at: 'new' | 'reply'): Element | undefined {
  const found = scroller.querySelectorAll(at === 'new' ? 'li.new-mark' : 'li.message');
  return [...found].at(-1);
}

function find(id: string): HTMLElement | null {
  return document.getElementById(`message-${id}`);
}

function flash(element: HTMLElement | null): void {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  element?.animate([{ background: 'var(--mark)' }, { background: 'transparent' }], FLASH);
}
