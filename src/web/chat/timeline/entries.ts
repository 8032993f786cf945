import type { ChatMessage } from '../../api/shapes.ts';
import { dayOf } from '../../kit/time.tsx';
import type { Note } from '../notes/note.ts';
import type { Hole, Stretch } from './stretch.ts';
import type { NewMark } from './use-reading.ts';

/** One thing that stands in a channel, from the oldest to the newest. */
export type Entry =
  | { readonly kind: 'day'; readonly key: string; readonly day: string }
  | { readonly kind: 'new'; readonly key: string; readonly count: number }
  | { readonly kind: 'hole'; readonly key: string; readonly hole: Hole }
  | { readonly kind: 'note'; readonly key: string; readonly note: Note }
  | {
      readonly kind: 'message';
      readonly key: string;
      readonly message: ChatMessage;
      /** Whether it goes on with the message before it, and needs no name of its own. */
      readonly continues: boolean;
    };

/** Milliseconds of each span in which messages belong together. */
const TOGETHER = 300_000;

/** Messages and notes in the order of time, with what stands between them. */
export function toEntries(
  stretch: Stretch | undefined,
  notes: readonly Note[],
  mark: NewMark | undefined,
): readonly Entry[] {
  const holeAfter = new Map(stretch?.holes.map((hole) => [hole.after, hole]));
  const entries: Entry[] = [];
  let day = '';
  /** The message that stands directly before. */
  let before: ChatMessage | undefined;
  // Without the messages before it, nobody can tell where the new ones begin.
  let isNewHere = mark !== undefined && stretch?.older !== 0 && Number(stretch?.messages[0]?.id) > Number(mark.after);

  function add(...added: readonly Entry[]): void {
    entries.push(...added);
    before = undefined;
  }

  function addNewMark(id: string): void {
    if (!mark || isNewHere || Number(id) <= Number(mark.after)) return;
    isNewHere = true;
    add({ kind: 'new', key: 'new', count: mark.count });
  }

  for (const { at, message, note } of inOrder(stretch?.messages ?? [], notesWithin(notes, stretch))) {
    if (dayOf(at) !== day) {
      day = dayOf(at);
      add({ kind: 'day', key: `day ${day}`, day });
    }
    if (note) add({ kind: 'note', key: note.id, note });
    if (!message) continue;
    addNewMark(message.id);
    entries.push({ kind: 'message', key: message.id, message, continues: belongsTo(before, message) });
    before = message;
    const hole = holeAfter.get(message.id);
    if (!hole) continue;
    addNewMark(String(Number(hole.after) + 1));
    add({ kind: 'hole', key: `hole ${hole.after}`, hole });
  }
  return entries;
}

interface Item {
  readonly at: string;
  readonly message?: ChatMessage;
  readonly note?: Note;
}

/** Messages by their numbers, whatever the clock said, and each note where its time is. */
function inOrder(messages: readonly ChatMessage[], notes: readonly Note[]): readonly Item[] {
  const waiting = notes.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
  const items: Item[] = [];
  for (const message of messages) {
    while (waiting[0] && Date.parse(waiting[0].at) < Date.parse(message.postedAt))
      items.push(...toItems(waiting.splice(0, 1)));
    items.push({ at: message.postedAt, message });
  }
  return [...items, ...toItems(waiting)];
}

function toItems(notes: readonly Note[]): readonly Item[] {
  return notes.map((note) => ({ at: note.at, note }));
}

/** The notes that belong to what is shown: the others come with the messages around them. */
function notesWithin(notes: readonly Note[], stretch: Stretch | undefined): readonly Note[] {
  const [first, last] = [stretch?.messages[0], stretch?.messages.at(-1)];
  if (!stretch || !first || !last) return notes;
  return notes.filter(
    ({ at }) =>
      (stretch.older === 0 || Date.parse(at) >= Date.parse(first.postedAt)) &&
      (stretch.newer === 0 || Date.parse(at) <= Date.parse(last.postedAt)),
  );
}

/** All messages of a channel are posted by Bellhop, so those that are close belong together. */
function belongsTo(before: ChatMessage | undefined, message: ChatMessage): boolean {
  if (!before || (before.thread ?? '') !== (message.thread ?? '')) return false;
  return spanOf(before) === spanOf(message);
}

/** By the clock, so that it does not depend on which messages are loaded. */
function spanOf({ postedAt }: ChatMessage): number {
  return Math.floor(Date.parse(postedAt) / TOGETHER);
}
