import { defineChore } from './shared/chore.ts';

/** Looks for endpoints that fell silent, and for those that deliver again. */
export default defineChore({
  when: { every: 60_000 },
  run: ({ relay }) => relay.watchSilence(),
});
