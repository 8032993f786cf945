import { defineHelper } from '../template/helper.ts';
import { toText } from '../values/text.ts';
import { toNumber } from '../values/values.ts';

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;

export default defineHelper({
  summary: 'A size in bytes as people say it.',
  example: '{{bytes artifact.size}}',
  run({ values: [value] }) {
    const size = toNumber(value);
    if (size === undefined) return toText(value);
    const step = Math.min(Math.max(Math.floor(Math.log10(Math.abs(size) || 1) / 3), 0), UNITS.length - 1);
    const amount = size / 1000 ** step;
    return `${amount.toLocaleString('en-US', { maximumFractionDigits: Math.abs(amount) < 10 && step > 0 ? 1 : 0 })} ${UNITS[step]}`;
  },
});
