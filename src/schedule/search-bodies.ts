import { defineChore } from './shared/chore.ts';

/** Has the bodies of more events be searched. */
export default defineChore({
  when: { every: 1_000 },
  run: ({ relay, bodySearch }) => relay.searchBodies(bodySearch),
});
