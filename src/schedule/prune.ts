import { DAY } from '../core/text/duration.ts';
import { defineChore } from './shared/chore.ts';

/** Removes what is older, or takes more space, than the retention allows. */
export default defineChore({
  when: { cron: '17 * * * *' },
  async run({ journal, retention: { days, maxBytes }, clock, log }) {
    const before = new Date(clock.now().getTime() - days * DAY);
    const removed = await journal.prune({ before, ...(maxBytes !== undefined && { maxBytes }) });
    if (removed) log.info({ removed }, 'removed old events');
  },
});
