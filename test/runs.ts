/** How many cases something is tried with that holds for all: a fifth of what it takes to be thorough, and all of them where `ENDURANCE` is set. */
export function runs(thorough: number): number {
  return process.env.ENDURANCE ? thorough : Math.ceil(thorough / 5);
}
