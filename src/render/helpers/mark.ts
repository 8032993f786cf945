import { marks } from '../../core/message/mark.ts';
import { defineHelper } from '../template/helper.ts';
import { toText } from '../values/text.ts';

export default defineHelper({
  summary: `Says how it stands, for the mark of the first line: ${marks.join(', ')}. As severity and state say when left out.`,
  example: '{{mark (choose action requested="running" in_progress="running")}}',
  given: { action: 'in_progress' },
  gives: 'mark: running',
  effect: true,
  words: [marks],
  run({ values: [value], draft }) {
    const mark = marks.find((known) => known === toText(value).trim().toLowerCase());
    if (mark) draft.mark = mark;
  },
});
