import { defineHelper } from '../template/helper.ts';
import { toText } from '../values/text.ts';

export default defineHelper({
  summary: 'Picks by a value: the word given under its name, or under else.',
  example: '{{choose state success="passed" failure="failed" else=state}}',
  given: { state: 'success' },
  gives: 'passed',
  named: 'any',
  run({ values: [value], named }) {
    const key = toText(value);
    return key !== '' && Object.hasOwn(named, key) ? named[key] : named.else;
  },
});
