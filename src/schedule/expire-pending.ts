import { defineChore } from './shared/chore.ts';

/** Deletes endpoints for which nobody has said in time who sends to them. */
export default defineChore({
  when: { cron: '41 * * * *' },
  run: ({ relay }) => relay.expirePending(),
});
