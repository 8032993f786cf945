import type { Span, SpanLine } from '../../core/message/terminal-lines.ts';
import { clockTime } from '../../core/platform/report-line.ts';

interface Entry {
  readonly level: number;
  readonly time: string;
  readonly msg?: string;
  readonly err?: { readonly message?: string; readonly stack?: string };
  readonly [field: string]: unknown;
}

const LEVELS: Readonly<Record<number, Span>> = {
  20: { text: 'debug ', style: 'dim' },
  40: { text: 'warning ', style: 'warning' },
  50: { text: 'error ', style: 'failed' },
  60: { text: 'error ', style: 'failed' },
};
const INFO = 30;
const ERROR = 50;

/** A line of the log for a person: `17:50:27 warning a platform fails (platform Slack)`. Nothing where the line about the event itself says it. */
export function toLogLine({ level, time, msg = '', err, ...fields }: Entry): SpanLine | undefined {
  if (level === INFO && fields.eventId !== undefined) return undefined;
  const known = Object.entries(fields).filter(([, value]) => value !== undefined && value !== null);
  const facts = known.map(([name, value]) => `${name} ${typeof value === 'object' ? JSON.stringify(value) : value}`);
  const mark = LEVELS[level];
  const cause = level >= ERROR ? (err?.stack ?? err?.message) : err?.message;
  return [
    { text: `${clockTime(new Date(time))} `, style: 'dim' },
    ...(mark ? [mark] : []),
    { text: msg },
    ...(facts.length > 0 ? [{ text: ` (${facts.join(', ')})`, style: 'dim' as const }] : []),
    ...(cause && cause !== msg ? [{ text: `: ${cause}`, style: 'dim' as const }] : []),
  ];
}
