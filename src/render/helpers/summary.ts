import { defineHelper } from '../template/helper.ts';
import { toLine } from '../values/values.ts';

export default defineHelper({
  summary: 'Sets the line of the phone notification.',
  example: '{{summary (concat sender.login " opened #" issue.number)}}',
  effect: true,
  run({ values: [value], draft }) {
    const text = toLine(value);
    if (text) draft.summary = text;
  },
});
