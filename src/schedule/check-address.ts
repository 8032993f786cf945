import { defineChore } from './shared/chore.ts';

/** Tries whether the public address still leads here. */
export default defineChore({
  when: { every: 300_000 },
  run: ({ checkAddress }) => checkAddress(),
});
