import { readdir, readFile } from 'node:fs/promises';

/** Milliseconds of one tick of the system's clock, as Linux counts them on all machines of today. */
const TICK = 10;

interface Spent {
  readonly parent: number;
  /** Of its own, and of its children that have ended. */
  readonly milliseconds: number;
}

/** Milliseconds of processor that a process and its children have taken so far; nothing where the system does not say. */
export async function processorTime(root: number): Promise<number | undefined> {
  const all = new Map<number, Spent>();
  const names = await readdir('/proc').catch(() => []);
  for (const name of names.filter((each) => /^\d+$/.test(each))) {
    const spent = await readSpent(name);
    if (spent) all.set(Number(name), spent);
  }
  const own = [...all].filter(([process]) => isWithin(process, root, all));
  return own.length > 0 ? own.reduce((sum, [, { milliseconds }]) => sum + milliseconds, 0) : undefined;
}

async function readSpent(process: string): Promise<Spent | undefined> {
  const text = await readFile(`/proc/${process}/stat`, 'utf8').catch(() => undefined);
  // The name, in parentheses, may hold anything.
  const fields = text
    ?.slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  if (!fields) return undefined;
  const ticks = fields.slice(11, 15).reduce((sum, each) => sum + each, 0);
  return { parent: fields[1] ?? 0, milliseconds: ticks * TICK };
}

function isWithin(process: number, root: number, all: ReadonlyMap<number, Spent>): boolean {
  for (let each: number | undefined = process; each; each = all.get(each)?.parent) if (each === root) return true;
  return false;
}
