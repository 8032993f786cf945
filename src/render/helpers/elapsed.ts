import { defineHelper } from '../template/helper.ts';
import { durationText } from '../values/duration-text.ts';
import { parseMoment } from '../values/moment.ts';

export default defineHelper({
  summary:
    'How long it took from one moment to another; nothing where one is missing or does not come after the other.',
  example: '{{title "Backup finished" (before "after " (elapsed started_at ended_at))}}',
  run({ values: [start, end] }) {
    const [from, to] = [parseMoment(start), parseMoment(end)];
    return from && to && to > from ? durationText((to.getTime() - from.getTime()) / 1000) : '';
  },
});
