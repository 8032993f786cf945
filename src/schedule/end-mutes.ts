import { defineChore } from './shared/chore.ts';

/** Ends the mutes whose time has come. */
export default defineChore({
  when: { every: 1_000 },
  run: ({ relay }) => relay.endMutes(),
});
