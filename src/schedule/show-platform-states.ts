import { defineChore } from './shared/chore.ts';

/** Keeps the page up to date with how the platforms are. */
export default defineChore({
  when: { every: 1_000 },
  everywhere: true,
  run: ({ showPlatformStates }) => showPlatformStates(),
});
