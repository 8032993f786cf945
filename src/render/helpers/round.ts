import { defineHelper } from '../template/helper.ts';
import { toFigure } from '../values/figure.ts';
import { toText } from '../values/text.ts';
import { toCount } from '../values/values.ts';

const MODES = { up: 'ceil', down: 'floor' } as const;
const formatters = new Map<string, Intl.NumberFormat>();

export default defineHelper({
  summary:
    'A number rounded to so many digits after the point, none when left out; to="up" or to="down" always that way.',
  example: '{{round load digits=1}}',
  given: { load: 1.25 },
  gives: '1.3',
  named: { digits: 'number', to: ['up', 'down'] },
  run({ values: [value], named: { digits, to } }) {
    const figure = toFigure(value);
    if (figure === undefined) return toText(value);
    if (typeof figure === 'bigint') return figure;
    return Number(
      formatter(toCount(digits, 0, 10), to === 'up' || to === 'down' ? MODES[to] : 'halfExpand').format(figure),
    );
  },
});

/** Rounds the digits that people see: 1.005 is 1.01, though its binary fraction is a little less. */
function formatter(digits: number, mode: 'ceil' | 'floor' | 'halfExpand'): Intl.NumberFormat {
  const key = `${digits} ${mode}`;
  const known = formatters.get(key);
  if (known) return known;
  const made = new Intl.NumberFormat('en-US', {
    useGrouping: false,
    maximumFractionDigits: digits,
    roundingMode: mode,
  });
  formatters.set(key, made);
  return made;
}
