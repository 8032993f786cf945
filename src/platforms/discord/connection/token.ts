import type { Log } from '../../../core/log.ts';
import { reread } from '../../../core/platform/reread.ts';

/** The bot's token, as it is used now. */
export interface Token {
  readonly now: string;
  /** Discord refused it: looks whether another was set meanwhile, and gives back whether there is. */
  renew(): boolean;
}

export interface TokenParts {
  readonly token: string;
  /** The token as it is set at this moment. May throw while the configuration is invalid. */
  readonly readToken?: () => string | undefined;
  readonly log: Log;
}

export function createToken({ token, readToken = () => token, log }: TokenParts): Token {
  let now = token;
  const read = reread(readToken, (reason) => log.warn({ platform: 'discord', reason }, 'no new token could be read'));
  return {
    get now() {
      return now;
    },
    renew() {
      const found = read() || now;
      if (found === now) return false;
      log.info({ platform: 'discord' }, 'another token was set; using it from now on');
      now = found;
      return true;
    },
  };
}
