import { randomBytes } from 'node:crypto';

/** What was sent lately, so that a page that was away for a moment can be given what it missed. */
export interface RecentNews {
  /** Names the newest; changes with everything that is added. */
  readonly lastId: string;
  /** Adds what `write` makes of its id. */
  add(write: (id: string) => string): string;
  /** What followed the one with this id, oldest first; nothing where that is not known, so that something may be missing. */
  after(id: string): readonly string[] | undefined;
  /** Forgets all, because what happens from now on is not added. */
  forget(): void;
}

export interface RecentNewsLimits {
  readonly entries: number;
  /** Characters in all. */
  readonly size: number;
}

/** Remembers as much as its limits allow. Its ids are of this process alone: those of another are not known. */
export function createRecentNews({ entries: most, size: largest }: RecentNewsLimits): RecentNews {
  const process = randomBytes(6).toString('base64url');
  const toId = (number: number) => `${process}.${number}`;
  let entries: string[] = [];
  let size = 0;
  let last = 0;

  return {
    get lastId() {
      return toId(last);
    },
    add(write) {
      last++;
      const text = write(toId(last));
      entries.push(text);
      size += text.length;
      while (entries.length > most || size > largest) size -= entries.shift()?.length ?? size;
      return text;
    },
    after(id) {
      const missed = last - toNumber(id);
      return missed >= 0 && missed <= entries.length ? entries.slice(entries.length - missed) : undefined;
    },
    forget() {
      // What follows is not remembered, so the newest id must not pass for a known one.
      last++;
      entries = [];
      size = 0;
    },
  };

  function toNumber(id: string): number {
    const [of, number = ''] = id.split('.');
    return of === process && /^\d{1,15}$/.test(number) ? Number(number) : Number.NaN;
  }
}
