import { defineHelper } from '../template/helper.ts';
import { toFigure, withoutDust } from '../values/figure.ts';

export default defineHelper({
  summary: 'The first number divided by the second; nothing where one is not a number or the second is 0.',
  example: '{{divide seconds 60}}',
  given: { seconds: 90 },
  gives: '1.5',
  run({ values: [value, by] }) {
    const [a, b] = [toFigure(value), toFigure(by)];
    return a === undefined || b === undefined || Number(b) === 0 ? undefined : withoutDust(Number(a) / Number(b));
  },
});
