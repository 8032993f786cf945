import { AppError } from '../../../core/errors.ts';
import type { Log } from '../../../core/log.ts';
import { type Message, toMessage } from '../../../core/message/message.ts';
import type { ServedServers } from '../servers/served-servers.ts';

export interface ConfirmationParts {
  readonly served: ServedServers;
  readonly log: Log;
}

export interface Confirming {
  readonly server: string;
  readonly code: string;
  /** Who typed it. */
  readonly user: string;
}

/** Serves a server for whoever types its code there, and says what came of it. Never rejects. */
export function createConfirmation({ served, log }: ConfirmationParts) {
  return async ({ server, code, user }: Confirming): Promise<Message> => {
    try {
      const outcome = await served.confirm(server, code);
      log[outcome === 'confirmed' ? 'info' : 'warn'](
        { platform: 'discord', server, user, outcome },
        'somebody typed a code to confirm a Discord server',
      );
      return toMessage({ severity: outcome === 'confirmed' ? 'good' : 'warning', body: WORDS[outcome] });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      log.error({ platform: 'discord', server, err: error }, 'a confirmed server could not be saved');
      return toMessage({ severity: 'warning', body: error.message });
    }
  };
}

const WORDS = {
  confirmed: 'Bellhop serves this server from now on. Start with `/webhook new`.',
  'wrong code': 'That is not the code of this server, or it is too old. `bellhop doctor` shows the current one.',
  'too many tries': 'Too many wrong codes were typed here. Try again in ten minutes.',
} as const;
