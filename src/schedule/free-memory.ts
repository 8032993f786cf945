import { defineChore } from './shared/chore.ts';

/** Frees the memory that a rush needed. */
export default defineChore({
  when: { every: 10_000 },
  everywhere: true,
  run: async ({ memory }) => memory.freeWhenCalm(),
});
