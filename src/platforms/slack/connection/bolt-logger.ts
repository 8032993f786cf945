import type { Logger, LogLevel } from '@slack/bolt';
import type { Log } from '../../../core/log.ts';

// Bolt writes payloads and addresses with tickets at its lower levels: only its warnings and errors are passed on.
const LEVEL = 'warn';

/** Bolt's logger that writes to ours; one that writes nothing for the parts whose failures are thrown or noted anyway. */
export function toBoltLogger(log?: Log): Logger {
  const words = (parts: readonly unknown[]) => parts.map(String).join(' ');
  const silent = () => undefined;
  return {
    debug: silent,
    info: silent,
    warn: log ? (...parts) => log.warn({ platform: 'slack' }, words(parts)) : silent,
    error: log ? (...parts) => log.error({ platform: 'slack' }, words(parts)) : silent,
    setLevel: silent,
    // Bolt's own enum, whose value this is: importing it would load all of Bolt.
    getLevel: () => LEVEL as LogLevel,
    setName: silent,
  };
}
