import { isTruthy } from '../template/blocks.ts';
import { defineHelper } from '../template/helper.ts';

export default defineHelper({
  summary:
    'Whether only the first line, the context and the buttons are shown; an alarm that is over is folded by itself.',
  example: '{{fold (eq status "resolved")}}',
  given: { status: 'resolved' },
  gives: 'fold: true',
  effect: true,
  run({ values: [value], draft }) {
    draft.fold = isTruthy(value);
  },
});
