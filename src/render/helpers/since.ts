import { defineHelper } from '../template/helper.ts';
import { durationText } from '../values/duration-text.ts';
import { parseMoment } from '../values/moment.ts';

export default defineHelper({
  summary: 'How long ago a moment was when the event arrived; nothing for a moment to come.',
  example: '{{title "Disk full" (before "for " (since started_at))}}',
  given: { started_at: '2026-01-02T02:04:05Z' },
  gives: 'Disk full for 1 h',
  run({ values: [value], draft: { receivedAt } }) {
    const moment = parseMoment(value);
    return moment && moment < receivedAt ? durationText((receivedAt.getTime() - moment.getTime()) / 1000) : '';
  },
});
