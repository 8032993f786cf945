/** How many cases something is tried with that holds for all: a fifth of what it takes to be thorough, and all of them where `ENDURANCE` is set. */
export function runs(thorough: number): number {
  return process.env.ENDURANCE ? thorough : Math.ceil(thorough / 5);
}

/** Why a test that takes long is left out, for its `skip`; false where `ENDURANCE` is set. `.ci/run` runs every file that uses this. */
export const takesLong = !process.env.ENDURANCE && 'it takes long: set ENDURANCE=1 for it';
