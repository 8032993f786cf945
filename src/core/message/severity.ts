import type { Severity } from '../event/about.ts';

/** The colour of a severity as red, green and blue in one number. */
export const severityColors: Readonly<Record<Severity, number>> = Object.freeze({
  info: 0x4a8fe7,
  good: 0x2eb67d,
  warning: 0xecb22e,
  critical: 0xe01e5a,
});
