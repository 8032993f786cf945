import { defineHelper } from '../template/helper.ts';
import { toText } from '../values/text.ts';

const PARTS = 1_000;

export default defineHelper({
  summary: 'The parts of a text between commas, or between what is given, without space around them.',
  example: '{{first (split hosts ";")}}',
  given: { hosts: 'web-1; web-2' },
  gives: 'web-1',
  run({ values: [value, between = ','] }) {
    const separator = toText(between);
    const parts = toText(value).split(separator === '' ? ',' : separator, PARTS);
    return parts.map((part) => part.trim()).filter(Boolean);
  },
});
