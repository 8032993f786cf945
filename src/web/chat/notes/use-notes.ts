import { useEffect, useState } from 'preact/hooks';
import type { CommandReply } from '../../api/shapes.ts';
import { copyables, type Note } from './note.ts';

export interface Notes {
  readonly all: readonly Note[];
  readonly add: (note: Omit<Note, 'id'>) => void;
  readonly dismiss: (note: Note) => void;
}

/** Notes that are kept, not counting those with a secret. */
const KEPT = 50;

/**
 * The replies that only this person can see, whatever view is open. They are in memory alone: what a reply holds may be a
 * secret in any of its words, so nothing of it is written to the browser's storage. One with a secret that would be lost with
 * the page is asked about first.
 */
export function useNotes(): Notes {
  const [all, setAll] = useState<readonly Note[]>([]);
  const isPrecious = all.some(({ reply }) => holdsSecret(reply));
  useEffect(() => {
    if (!isPrecious) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [isPrecious]);

  return {
    all,
    add: (note) => setAll((now) => withNote(now, { ...note, id: `note ${note.at} ${now.length}` })),
    dismiss: (note) => setAll((now) => now.filter(({ id }) => id !== note.id)),
  };
}

function holdsSecret(reply: CommandReply): boolean {
  return copyables(reply).length > 0;
}

/** Adds a note. One that says the same goes: its buttons would be offered twice. */
function withNote(notes: readonly Note[], note: Note): readonly Note[] {
  const others = notes.filter(
    (each) => each.channel !== note.channel || each.reply.text !== note.reply.text || holdsSecret(each.reply),
  );
  const plain = others.filter(({ reply }) => !holdsSecret(reply));
  const gone = new Set(plain.slice(0, Math.max(0, plain.length - KEPT + 1)));
  return [...others.filter((each) => !gone.has(each)), note];
}
