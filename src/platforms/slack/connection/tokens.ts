import { reread } from '../../../core/platform/reread.ts';
import type { SlackOptions } from './options.ts';

/** The app's tokens, as they are used now. */
export interface Tokens {
  readonly bot: string;
  /** Empty when commands do not come over sockets. */
  readonly app: string;
  /** Slack refused a token: looks whether another was set meanwhile, and gives back whether there is. */
  renew(): boolean;
}

export function createTokens({
  botToken,
  appToken = '',
  readTokens = () => ({}),
  log,
}: Pick<SlackOptions, 'botToken' | 'appToken' | 'readTokens' | 'log'>): Tokens {
  let [bot, app] = [botToken, appToken];
  const read = reread(readTokens, (reason) => log.warn({ platform: 'slack', reason }, 'no new token could be read'));

  return {
    get bot() {
      return bot;
    },
    get app() {
      return app;
    },
    renew() {
      const found = read() ?? {};
      const [newBot, newApp] = [found.botToken || bot, (app && found.appToken) || app];
      if (newBot === bot && newApp === app) return false;
      if (newBot !== bot) log.info({ platform: 'slack' }, 'another bot token was set; using it from now on');
      if (newApp !== app) log.info({ platform: 'slack' }, 'another app token was set; using it from now on');
      [bot, app] = [newBot, newApp];
      return true;
    },
  };
}

/** What is made with a token, made again once there is another. */
export function perToken<T>(token: () => string, make: (token: string) => T): () => T {
  let made: { readonly token: string; readonly thing: T } | undefined;
  return () => {
    const now = token();
    if (made?.token !== now) made = { token: now, thing: make(now) };
    return made.thing;
  };
}
