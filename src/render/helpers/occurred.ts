import { defineHelper } from '../helper.ts';
import { parseMoment } from '../moment.ts';

export default defineHelper({
  summary: 'Says when it happened.',
  example: '{{occurred head_commit.timestamp}}',
  effect: true,
  run({ values: [value], draft }) {
    const moment = parseMoment(value);
    if (moment) draft.occurredAt = moment.toISOString();
  },
});
