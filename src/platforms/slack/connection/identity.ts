import type { Clock } from '../../../core/clock.ts';
import { AppError } from '../../../core/errors.ts';
import type { Log } from '../../../core/log.ts';
import { missingScopes, SLACK_SCOPES } from '../scopes.ts';
import { listOf, partOf, textOf } from './answer-parts.ts';
import type { Home } from './is-ours.ts';
import { POSTING_SCOPE, refused, SlackRefusal, unreadable } from './to-app-error.ts';
import type { SlackAnswer, SlackCall } from './web-calls.ts';

/** Who the bot token says we are, asked again and again for as long as we run. */
export interface Identity {
  readonly team: { readonly id: string; readonly name: string } | undefined;
  /** The workspace we serve; nothing while Slack has not said it. */
  readonly home: Home | undefined;
  /** The workspace's own address, with a slash at its end; nothing while Slack has not said it. */
  readonly address: string | undefined;
  /** The workspace's id. Throws `AppError` while Slack has not said it. */
  teamId(): string;
  /** Why the token cannot be used now; nothing while it can. */
  readonly refusal: SlackRefusal | undefined;
  /** The scopes that the app lacks. */
  readonly missing: readonly (keyof typeof SLACK_SCOPES)[];
  /** Throws that refusal while no call at all can work with the token. */
  mustWork(): void;
  /** Resolves after the first question, however it was answered. */
  readonly asked: Promise<void>;
  /** A call was refused in a way that puts the token in doubt: it is asked about at once. */
  doubt(refusal: SlackRefusal): void;
  stop(): void;
}

const ASK_EVERY = 5 * 60_000;
const BACKOFF = { first: 2_000, most: 60_000 } as const;

/** Notices a token that stops working while running, and one that works: the same again, or another that was set instead. */
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
  let missing: Identity['missing'] = [];

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
      const said = await call('auth.test');
      if (!textOf(said, 'team_id')) throw unreadable();
      answer = said;
      const scopes = listOf(answer, 'response_metadata', 'scopes').map(String).filter(Boolean);
      noteMissing(missingScopes(scopes));
      if (scopes.length > 0 && !scopes.includes(POSTING_SCOPE))
        throw refused('missing_scope', { needed: POSTING_SCOPE });
      if (refusal) log.info({ platform: 'slack' }, 'Slack accepts the bot token again');
      refusal = undefined;
      return false;
    } catch (error) {
      if (!(error instanceof SlackRefusal)) throw error;
      if (error.code !== refusal?.code) log.error({ platform: 'slack', code: error.code }, error.message);
      refusal = error;
      return true;
    }
  }

  function noteMissing(found: Identity['missing']): void {
    if (found.length > 0 && String(found) !== String(missing))
      for (const scope of found)
        log.warn({ platform: 'slack', scope }, `the Slack app lacks a scope: ${SLACK_SCOPES[scope]}`);
    missing = found;
  }

  void run();
  return {
    get team() {
      const id = textOf(answer, 'team_id');
      return id ? { id, name: textOf(answer, 'team') ?? id } : undefined;
    },
    get home() {
      const team = textOf(answer, 'team_id');
      const enterprise = textOf(answer, 'enterprise_id');
      return team ? { team, enterprise, wide: partOf(answer, 'is_enterprise_install') === true } : undefined;
    },
    get address() {
      const url = textOf(answer, 'url');
      return url && /^https:\/\/[^\s/]+\/$/.test(url) ? url : undefined;
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
    get missing() {
      return missing;
    },
    mustWork() {
      if (refusal?.kind === 'credential') throw refusal;
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
