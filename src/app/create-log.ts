import pino, { type Logger } from 'pino';

/** One line of JSON for each thing that happened, on standard error: standard output is for people. Written in the background. */
export function createLog(level: string): Logger {
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ fd: 2, sync: false, minLength: 4096, periodicFlush: 250 }),
  );
}
