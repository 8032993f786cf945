/** How many steps over lists a condition may take, and for how many milliseconds. */
const MOST = 20_000;
const LONGEST = 20;
/** How many steps there are between two looks at the clock. */
const LOOK = 128;

/** Says that a condition takes too much work. Made once: many are thrown where each item of a list would take too much. */
class TooMuchWork extends Error {}
const tooMuch = new TooMuchWork('it takes too much work; simplify the condition');

let left = MOST;
let deadline = Number.POSITIVE_INFINITY;
let look = LOOK;
let problem: string | undefined;

/** Runs a condition within bounds. Gives back why it was stopped, as a clause, where it was. */
export function withinBounds<T>(run: () => T): { readonly value: T } | { readonly problem: string } {
  left = MOST;
  look = LOOK;
  deadline = performance.now() + LONGEST;
  problem = undefined;
  try {
    const value = run();
    return problem === undefined ? { value } : { problem };
  } catch (error) {
    if (problem !== undefined) return { problem };
    throw error;
  }
}

/** Counts steps that are about to be taken. Throws when they are too many. */
export function spend(steps: number, list = false): void {
  if (problem !== undefined) throw tooMuch;
  left -= steps;
  look -= 1;
  if (left < 0) {
    problem =
      list && steps > MOST
        ? `it runs over a list of ${steps.toLocaleString('en')}, and ${MOST.toLocaleString('en')} steps are allowed; simplify the condition`
        : `it takes more than ${MOST.toLocaleString('en')} steps; simplify the condition`;
    throw tooMuch;
  }
  if (look > 0) return;
  look = LOOK;
  if (performance.now() <= deadline) return;
  problem = `it takes longer than ${LONGEST} ms; simplify the condition`;
  throw tooMuch;
}
