import { defineChore } from './shared/chore.ts';

/** Reminds channels of long mutes before they end. */
export default defineChore({
  when: { every: 10_000 },
  run: ({ relay }) => relay.remindOfMutes(),
});
