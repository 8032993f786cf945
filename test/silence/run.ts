import { parseArgs } from 'node:util';
import { DAY, HOUR, MINUTE } from '../../src/core/text/duration.ts';
import { createRandom, patterns, START } from './patterns.ts';
import { stopAt, walk } from './simulate.ts';

const { values } = parseArgs({
  options: {
    months: { type: 'string', default: '510' },
    seed: { type: 'string', default: '' },
    only: { type: 'string', default: '' },
  },
});
const WEEKS = 8;
const STOPS = 10;
const names = Object.keys(patterns);
const seed = Number(values.seed) || 1 + Math.floor(Math.random() * 1e9);
const each = Math.ceil(Number(values.months) / names.length);
console.log(`seed ${seed}, ${each} spans of ${WEEKS} weeks of each pattern\n`);

const totals = { spans: 0, alarms: 0, known: 0, stops: 0, late: 0 };
for (const [order, name] of names.entries()) {
  if (!name.startsWith(values.only)) continue;
  const found = { alarms: 0, known: 0, stops: 0, late: 0, noticed: [] as number[], ratios: [] as number[] };
  for (let index = 0; index < each; index++) {
    const random = createRandom(1 + ((seed + 7919 * (order * 100_000 + index)) % 2_147_483_645));
    const arrivals = patterns[name]?.(random, WEEKS * 7 * DAY) ?? [];
    const { alarms, isKnown } = walk(arrivals);
    if (alarms.length)
      console.log(`  ${name}, span ${index}: ${alarms.map((at) => new Date(at).toISOString()).join(', ')}`);
    found.alarms += alarms.length;
    found.known += Number(isKnown);
    for (let count = 0; count < STOPS; count++) {
      const stop = stopAt(arrivals, START + (28 + random() * 27) * DAY);
      if (!stop) continue;
      found.stops++;
      // It is looked at by the minute.
      if (stop.noticed > 2 * stop.usual + MINUTE) found.late++;
      found.noticed.push(stop.noticed);
      found.ratios.push(stop.noticed / stop.longest);
    }
  }
  const at = (values: number[], share: number) =>
    values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? 0;
  console.log(
    `${name}: known in ${found.known} of ${each}, ${found.alarms} false alarms; of ${found.stops} stops ${found.late} late; noticed after ${(at(found.noticed, 0.5) / HOUR).toFixed(1)} h (90 %: ${(at(found.noticed, 0.9) / HOUR).toFixed(1)} h), ${at(found.ratios, 0.5).toFixed(2)} x the longest gap (90 %: ${at(found.ratios, 0.9).toFixed(2)})`,
  );
  totals.spans += each;
  for (const key of ['alarms', 'known', 'stops', 'late'] as const) totals[key] += found[key];
}
console.log(
  `\n${totals.known} of ${totals.spans} known, ${totals.alarms} false alarms; ${totals.late} of ${totals.stops} stops noticed later than twice the usual gap.`,
);
process.exitCode = totals.alarms || totals.late ? 1 : 0;
