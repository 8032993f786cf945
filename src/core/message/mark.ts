import type { Severity } from './severity.ts';

/**
 * How a thing stands, in one glance: it failed, it needs attention, it is fine, it is under way, it ended neither well
 * nor badly, or there is nothing to judge.
 */
export const marks = ['failed', 'warning', 'good', 'running', 'neutral', 'info'] as const;

export type Mark = (typeof marks)[number];

/**
 * What stands before the first line, the same everywhere. Each has a shape of its own, so that nobody needs to see
 * colours, and every phone draws them. Plain information has none: where nothing is to be judged, the words come first.
 */
export const markGlyphs: Readonly<Record<Mark, string>> = Object.freeze({
  failed: '❌',
  warning: '⚠️',
  good: '✅',
  running: '⏳',
  neutral: '⚪',
  info: '',
});

/** The colour of the bar beside a message, as red, green and blue in one number. */
export const markColors: Readonly<Record<Mark, number>> = Object.freeze({
  failed: 0xe01e5a,
  warning: 0xecb22e,
  good: 0x2eb67d,
  running: 0x4a8fe7,
  neutral: 0x9aa0a6,
  info: 0x4a8fe7,
});

const NEUTRAL =
  /^(cancell?ed|skipped|neutral|stale|inactive|aborted|superseded|obsolete|dismissed|not_planned|paused)$/;
const RUNNING =
  /^(running|queued|pending|in_?progress|started|starting|waiting|building|deploying|processing|preparing)$/;
const SEVERITY_MARKS = { critical: 'failed', warning: 'warning', good: 'good', info: 'info' } as const;

/** The mark of a severity and, where that is known, a state. What was skipped or cancelled never looks like a failure. */
export function toMark({
  severity,
  state,
}: {
  readonly severity: Severity;
  readonly state?: string | undefined;
}): Mark {
  const word = state
    ?.trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_');
  if (word && NEUTRAL.test(word)) return 'neutral';
  const mark = SEVERITY_MARKS[severity];
  return mark === 'info' && word && RUNNING.test(word) ? 'running' : mark;
}

const ALL = new RegExp(
  `^(?:${Object.values(markGlyphs)
    .filter(Boolean)
    .map((glyph) => glyph.replace('\uFE0F', '\uFE0F?'))
    .join('|')})\\s+`,
  'u',
);

/** A line with its mark before it. */
export function marked(mark: Mark, line: string): string {
  return [markGlyphs[mark], line].filter(Boolean).join(' ');
}

/** A first line as it was before it was marked. */
export function unmarked(line: string): string {
  return line.replace(ALL, '');
}
