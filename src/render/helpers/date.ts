import { defineHelper } from '../template/helper.ts';
import { dateText } from '../values/date-text.ts';
import { toText } from '../values/text.ts';

export default defineHelper({
  summary:
    'A day written out, in UTC or the zone given; with time=true the time too. For readers in many zones, use time.',
  example: '{{date due_on zone="Europe/Berlin"}}',
  given: { due_on: '2026-03-01T23:30:00Z' },
  gives: '2 Mar 2026',
  named: { zone: 'text', time: 'flag' },
  run: ({ values: [value], named: { zone, time } }) =>
    dateText(value, { zone: toText(zone), clock: time === true }) ?? toText(value),
});
