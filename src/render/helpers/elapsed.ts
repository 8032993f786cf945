import { defineHelper } from '../template/helper.ts';
import { durationText } from '../values/duration-text.ts';
import { parseMoment } from '../values/moment.ts';

export default defineHelper({
  summary:
    'How long it took from one moment to another; nothing where one is missing or does not come after the other.',
  example: '{{title "Backup finished" (before "after " (elapsed started_at ended_at))}}',
  given: { started_at: '2026-01-02T03:00:00Z', ended_at: '2026-01-02T04:19:00Z' },
  gives: 'Backup finished after 1 h 19 min',
  run({ values: [start, end] }) {
    const [from, to] = [parseMoment(start), parseMoment(end)];
    return from && to && to > from ? durationText((to.getTime() - from.getTime()) / 1000) : '';
  },
});
