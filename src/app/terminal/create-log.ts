import pino, { type Logger } from 'pino';
import type { SpanLine } from '../../core/message/terminal-lines.ts';
import { toLogLine } from './log-line.ts';

/** One line of JSON for each thing that happened, on standard error: standard output is for people. Written in the background. */
export function createLog(level: string): Logger {
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ fd: 2, sync: false, minLength: 4096, periodicFlush: 250 }),
  );
}

/** The same for a person who watches. */
export function createWatchedLog(level: string, show: (line: SpanLine) => void): Logger {
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    {
      write(text: string) {
        const line = toLogLine(JSON.parse(text));
        if (line) show(line);
      },
    },
  );
}
