import type { Clock } from '../../../core/clock.ts';
import { AppError } from '../../../core/errors.ts';
import type { Log } from '../../../core/log.ts';
import { POSTING_SCOPE, refused, SlackRefusal } from './to-app-error.ts';
import { listOf, type SlackAnswer, type SlackCall, textOf } from './web-calls.ts';

/** Who the bot token says we are, asked again and again for as long as we run. */
export interface Identity {
  readonly team: { readonly id: string; readonly name: string } | undefined;
  /** The workspace's id. Throws `AppError` while Slack has not said it. */
  teamId(): string;
  /** Why the token cannot be used now; nothing while it can. */
  readonly refusal: SlackRefusal | undefined;
  /** Resolves after the first question, however it was answered. */
  readonly asked: Promise<void>;
  /** A call was refused in a way that puts the token in doubt: it is asked about at once. */
  doubt(refusal: SlackRefusal): void;
  stop(): void;
}

const ASK_EVERY = 5 * 60_000;
const BACKOFF = { first: 2_000, most: 60_000 } as const;

/** Notices a token that dies while running, and one that works: the same again, or another that was set instead. */
export function createIdentity({
  call,
  renew,
  clock,
  log,
}: {
  readonly call: SlackCall;
  /** Looks for another token, and gives back whether there is one. */
  readonly renew: () => boolean;
  readonly clock: Clock;
  readonly log: Log;
}): Identity {
  const stopping = new AbortController();
  const first = Promise.withResolvers<void>();
  let wake = new AbortController();
  let answer: SlackAnswer | undefined;
  let refusal: SlackRefusal | undefined;

  async function run(): Promise<void> {
    for (let failures = 0; !stopping.signal.aborted; ) {
      wake = new AbortController();
      const failed = await ask();
      first.resolve();
      if (refusal?.kind === 'credential' && renew()) continue;
      failures = failed ? failures + 1 : 0;
      const rest = failed ? Math.min(BACKOFF.most, BACKOFF.first * 2 ** (failures - 1)) : ASK_EVERY;
      await clock.sleep(rest, AbortSignal.any([stopping.signal, wake.signal]));
    }
  }

  /** Gives back whether it failed. */
  async function ask(): Promise<boolean> {
    try {
      answer = await call('auth.test');
      const scopes = listOf(answer, 'response_metadata', 'scopes').filter(Boolean);
      if (scopes.length > 0 && !scopes.includes(POSTING_SCOPE))
        throw refused('missing_scope', { needed: POSTING_SCOPE });
      if (refusal) log.info({ platform: 'slack' }, 'Slack takes the bot token again');
      refusal = undefined;
      return false;
    } catch (error) {
      if (!(error instanceof SlackRefusal)) throw error;
      if (error.code !== refusal?.code) log.error({ platform: 'slack', code: error.code }, error.message);
      refusal = error;
      return true;
    }
  }

  void run();
  return {
    get team() {
      const id = textOf(answer, 'team_id');
      return id ? { id, name: textOf(answer, 'team') ?? id } : undefined;
    },
    teamId() {
      const id = textOf(answer, 'team_id');
      if (id) return id;
      throw (
        refusal ??
        new AppError(503, 'slack_not_ready', 'Slack has not said yet which workspace this is. Try again in a moment.')
      );
    },
    get refusal() {
      return refusal;
    },
    asked: first.promise,
    doubt(doubted) {
      if (refusal) return;
      refusal = doubted;
      log.error({ platform: 'slack', code: doubted.code }, doubted.message);
      wake.abort();
    },
    stop: () => stopping.abort(),
  };
}
