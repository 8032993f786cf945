import { defineChore } from './shared/chore.ts';

/** Gives memory back that a rush has needed. */
export default defineChore({
  when: { every: 10_000 },
  run: async ({ memory }) => memory.freeWhenCalm(),
});
