import { defineHelper } from '../template/helper.ts';
import { parseMoment } from '../values/moment.ts';

export default defineHelper({
  summary: 'Says when it happened.',
  example: '{{occurred head_commit.timestamp}}',
  effect: true,
  run({ values: [value], draft }) {
    const moment = parseMoment(value);
    if (moment) draft.occurredAt = moment.toISOString();
  },
});
