import { defineHelper } from '../template/helper.ts';
import { toFigure } from '../values/figure.ts';
import { numberText } from '../values/number-text.ts';
import { toLine } from '../values/values.ts';

export default defineHelper({
  summary: 'A change with its sign: 12 is "+12". Of a text that begins with a number, such as what percent gives, too.',
  example: '{{signed (percent growth)}}',
  given: { growth: 0.125 },
  gives: '+12.5%',
  run({ values: [value] }) {
    const figure = toFigure(value);
    const text = figure === undefined ? toLine(value) : numberText(figure);
    return /^\d/.test(text) && /[1-9]/.test(text) ? `+${text}` : text;
  },
});
