import { defineChore } from './shared/chore.ts';

/** Posts each noisy channel what it was sent in the last week, and which rules would make it less. */
export default defineChore({
  when: { cron: '0 9 * * 1' },
  run: ({ relay }) => relay.reportNoise(),
});
