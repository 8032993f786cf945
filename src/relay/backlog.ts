/** What waits for its turn, oldest first: as much of it as memory may hold, and the rest in the journal. */
export interface Backlog<Item> {
  /** Those at hand, oldest first. */
  items(): Iterable<Item>;
  /** How many are at hand. */
  readonly size: number;
  /** Whether nothing waits, neither at hand nor in the journal. */
  readonly empty: boolean;
  /** Takes what is on disk already. What does not fit in memory is read from the journal later. */
  add(item: Item): void;
  /** The journal may hold more than is known here. */
  look(): void;
  /** Forgets what is at hand: somebody else may have taken it. */
  clear(): void;
  /** Reads from the journal when too few are at hand. */
  fill(): Promise<void>;
  remove(id: string): void;
  /** Removes something that stays in the journal, and leaves it out when the journal is read again. */
  pass(id: string): void;
  /** Ends what `pass` began. */
  forget(id: string): void;
}

export interface BacklogParts<Item> {
  /** Reads what waits in the journal, oldest first, with an id greater than `after`. */
  readonly read: (query: { readonly after?: string; readonly limit: number }) => Promise<readonly Item[]>;
  /** How much is held in memory; a page of the journal may come on top. */
  readonly most: { readonly items: number; readonly bytes?: number };
  /** How many are read at once. */
  readonly page: number;
  /** So many are kept at hand while as many wait; when absent, the journal is read once nothing is at hand. */
  readonly least?: () => number;
  readonly bytesOf?: (item: Item) => number;
}

export function createBacklog<Item extends { readonly id: string }>({
  read,
  most: { items: mostItems, bytes: mostBytes = Number.POSITIVE_INFINITY },
  page,
  least = () => 0,
  bytesOf = () => 0,
}: BacklogParts<Item>): Backlog<Item> {
  const passed = new Set<string>();
  const held = new Map<string, Item>();
  let bytes = 0;
  /** Whether the journal may hold what memory does not. */
  let behind = true;

  function hold(item: Item): void {
    held.set(item.id, item);
    bytes += bytesOf(item);
  }

  function holdOnly(items: readonly Item[]): void {
    held.clear();
    bytes = 0;
    for (const item of items) hold(item);
  }

  function remove(id: string): void {
    const item = held.get(id);
    if (item && held.delete(id)) bytes -= bytesOf(item);
  }

  async function readPage(after: string | undefined, limit: number): Promise<readonly Item[]> {
    for (let from = after; ; ) {
      const found = await read({ ...(from !== undefined && { after: from }), limit });
      const kept = found.filter(({ id }) => !passed.has(id));
      if (kept.length || !found.length) return kept;
      from = found.at(-1)?.id;
    }
  }

  /** The oldest that wait, page by page until there are enough of them, and whether there may be more. */
  async function readOldest(): Promise<{ readonly found: readonly Item[]; readonly more: boolean }> {
    const found: Item[] = [];
    const enough = least();
    for (let size = 0; found.length <= enough && size <= mostBytes; ) {
      const next = await readPage(found.at(-1)?.id, page);
      if (!next.length) return { found, more: false };
      found.push(...next);
      size += next.reduce((sum, item) => sum + bytesOf(item), 0);
    }
    return { found, more: true };
  }

  async function fill(): Promise<void> {
    if (!behind || held.size > least() || (held.size > 0 && bytes > mostBytes / 2)) return;
    const { found, more } = await readOldest();
    holdOnly(found);
    if (more) return;
    // What was committed while the end was read is seen by a second look; what comes from now on is kept in memory.
    behind = false;
    try {
      const late = await readPage(found.at(-1)?.id, page);
      const last = late.at(-1);
      if (!last) return;
      const [next] = await readPage(last.id, 1);
      behind ||= next !== undefined && !held.has(next.id);
      const seen = [...found, ...late];
      const known = new Set(seen.map(({ id }) => id));
      holdOnly(behind ? seen : [...seen, ...[...held.values()].filter(({ id }) => !known.has(id))]);
    } catch (error) {
      behind = true;
      holdOnly(found);
      throw error;
    }
  }

  return {
    items: () => held.values(),
    get size() {
      return held.size;
    },
    get empty() {
      return !behind && held.size === 0;
    },
    add(item) {
      if (behind || held.size >= mostItems || bytes > mostBytes) behind = true;
      else hold(item);
    },
    look() {
      behind = true;
    },
    clear() {
      holdOnly([]);
      behind = true;
    },
    fill,
    remove,
    pass(id) {
      passed.add(id);
      remove(id);
    },
    forget: (id) => void passed.delete(id),
  };
}
