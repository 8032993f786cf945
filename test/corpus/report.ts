import { tableOf } from '../table.ts';
import { type Floor, type Measures, percent } from './floors.ts';
import type { Measured, Score } from './measure.ts';

const WORST = 20;
const FAULTS = 40;
const NAMED = 8;

/** All that was measured, as lines for a person. */
export function reportOf({ templates, generic }: Measures, floors: readonly Floor[]): string {
  return [
    tableOf(
      ['provider', 'recorded', 'expected', 'with templates', 'generic'],
      [...Map.groupBy(generic, ({ recording }) => recording.folder)].map(([folder, measured]) => [
        folder,
        String(measured.length),
        String(measured.flatMap(({ scores }) => scores).length),
        shareOf(templates.filter(({ recording }) => recording.folder === folder)),
        shareOf(measured),
      ]),
    ),
    worstOf('with templates', templates),
    worstOf('generic', generic),
    leftOutOf([...templates, ...generic]),
    ...floors.filter(({ faults }) => faults.length > 0).map(faultsOf),
    tableOf(
      ['what', 'measured', 'floor', 'met'],
      floors.map(({ what, measured, floor, met }) => [what, measured, floor, met ? 'yes' : 'NO']),
    ),
  ].join('\n\n');
}

function shareOf(measured: readonly Measured[]): string {
  const scores = measured.flatMap(({ scores }) => scores);
  const facts = scores.reduce((sum, score) => sum + score.facts, 0);
  return facts === 0 ? '' : `${percent(scores.reduce((sum, score) => sum + saidIn(score), 0) / facts)} of ${facts}`;
}

function worstOf(how: string, measured: readonly Measured[]): string {
  const worst = measured
    .flatMap(({ scores }) => scores)
    .filter(({ missing }) => missing.length > 0)
    .toSorted((one, other) => saidIn(one) / one.facts - saidIn(other) / other.facts || other.facts - one.facts)
    .slice(0, WORST);
  const lines = worst.map((score) => {
    const named = score.missing.slice(0, NAMED).map(({ text }) => `“${text.replace(/\s+/g, ' ').slice(0, 60)}”`);
    const more = score.missing.length > NAMED ? ` and ${score.missing.length - NAMED} more` : '';
    return `  ${saidIn(score)} of ${score.facts}  ${score.file}: ${named.join(', ')}${more}`;
  });
  return [`The worst ${worst.length}, ${how}, and what they leave unsaid:`, ...lines].join('\n');
}

function leftOutOf(measured: readonly Measured[]): string {
  const kinds = measured.flatMap(({ scores }) => scores.flatMap(({ leftOut }) => leftOut));
  const counts = [...Map.groupBy(kinds, (kind) => kind)].map(([kind, { length }]) => `  ${length} × ${kind}`);
  return ['Left out on purpose, and not counted (`left-out.json` has the reasons):', ...counts].join('\n');
}

function faultsOf({ what, faults }: Floor): string {
  const more = faults.length > FAULTS ? [`  and ${faults.length - FAULTS} more`] : [];
  return [`Faults in ${what}:`, ...faults.slice(0, FAULTS).map((fault) => `  ${fault}`), ...more].join('\n');
}

function saidIn({ facts, missing }: Score): number {
  return facts - missing.length;
}
