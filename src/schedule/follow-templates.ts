import { defineChore } from './shared/chore.ts';

/** Takes up what somebody changed in the files of templates. */
export default defineChore({
  when: { every: 2_000 },
  everywhere: true,
  run: ({ followTemplates }) => followTemplates(),
});
