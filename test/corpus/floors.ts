import type { Severity } from '../../src/core/message/severity.ts';
import { isRightlySerious, type Measured } from './measure.ts';

/** One figure, and what it must reach. */
export interface Floor {
  readonly what: string;
  readonly measured: string;
  readonly floor: string;
  readonly met: boolean;
  /** What keeps it from being perfect, a line each. */
  readonly faults: readonly string[];
}

export interface Measures {
  /** Recordings composed by the provider they came from, where Bellhop has it. */
  readonly templates: readonly Measured[];
  /** All of them, as from a sender that nobody knows. */
  readonly generic: readonly Measured[];
}

/** What messages must reach. */
const SAID = { templates: 0.9, generic: 0.75 } as const;
const LINKED = 0.95;
const RIGHTLY_SERIOUS = 0.97;

/** Holds what was measured against every floor. */
export function floorsOf(measures: Measures, labels: ReadonlyMap<string, readonly Severity[]>): readonly Floor[] {
  const { templates, generic } = measures;
  const all = [...templates, ...generic];
  return [
    saidFloor('with templates', templates, SAID.templates),
    saidFloor('generic', generic, SAID.generic),
    noneFloor(
      'messages over a limit, without a title, or with a ping',
      all.flatMap(({ recording, offences }) => offences.map((offence) => `${recording.file}: ${offence}`)),
    ),
    noneFloor(
      'titles that begin with “Event”',
      all.flatMap(({ recording, message }) =>
        /^event\b/i.test(message.title?.text ?? '') ? [`${recording.file}: ${message.title?.text}`] : [],
      ),
    ),
    linkFloor('with templates', templates),
    linkFloor('generic', generic),
    severityFloor('with templates', templates, labels),
    severityFloor('generic', generic, labels),
  ];
}

function saidFloor(how: string, measured: readonly Measured[], floor: number): Floor {
  const scores = measured.flatMap(({ scores }) => scores);
  const facts = scores.reduce((sum, score) => sum + score.facts, 0);
  const missing = scores.reduce((sum, score) => sum + score.missing.length, 0);
  return shareFloor(`facts said, ${how}`, { good: facts - missing, of: facts, floor, faults: [] });
}

/** Every title leads somewhere, wherever the payload has an address to lead to. */
function linkFloor(how: string, measured: readonly Measured[]): Floor {
  const linkable = measured.filter((one) => one.linkable);
  const faults = linkable.filter(({ linked }) => !linked).map(({ recording }) => recording.file);
  const good = linkable.length - faults.length;
  return shareFloor(`titles with a link, ${how}`, { good, of: linkable.length, floor: LINKED, faults });
}

function severityFloor(
  how: string,
  measured: readonly Measured[],
  labels: ReadonlyMap<string, readonly Severity[]>,
): Floor {
  const labelled = measured.filter(({ recording }) => labels.has(recording.file));
  const wrong = labelled.filter((one) => isRightlySerious(one, labels) === false);
  return shareFloor(`severities that are right, ${how}`, {
    good: labelled.length - wrong.length,
    of: labelled.length,
    floor: RIGHTLY_SERIOUS,
    faults: wrong.map(
      ({ recording, message }) =>
        `${recording.file} is ${message.severity}, not ${labels.get(recording.file)?.join(' or ')}`,
    ),
  });
}

interface Share {
  readonly good: number;
  readonly of: number;
  readonly floor: number;
  readonly faults: readonly string[];
}

/** A share of nothing is met: another folder may have no such recording. */
function shareFloor(what: string, { good, of, floor, faults }: Share): Floor {
  return {
    what,
    measured: of === 0 ? 'none to measure' : `${percent(good / of)} of ${of}`,
    floor: `≥ ${Math.round(floor * 100)} %`,
    met: of === 0 || good / of >= floor,
    faults,
  };
}

function noneFloor(what: string, faults: readonly string[]): Floor {
  return { what, measured: String(faults.length), floor: '0', met: faults.length === 0, faults };
}

/** Rounded down, so that no figure looks better than it is. */
export function percent(share: number): string {
  return `${(Math.floor(share * 1000) / 10).toFixed(1)} %`;
}
