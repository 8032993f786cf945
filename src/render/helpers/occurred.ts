import { defineHelper } from '../template/helper.ts';
import { parseMoment } from '../values/moment.ts';

export default defineHelper({
  summary: 'Says when it happened.',
  example: '{{occurred head_commit.timestamp}}',
  given: { head_commit: { timestamp: '2026-01-02T03:04:05Z' } },
  gives: '2026-01-02T03:04:05.000Z',
  effect: true,
  run({ values: [value], draft }) {
    const moment = parseMoment(value);
    if (moment) draft.occurredAt = moment.toISOString();
  },
});
