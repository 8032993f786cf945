import type { Clock } from '../../../core/clock.ts';
import type { CommandRunner, Suggestion } from '../../../core/command/command.ts';
import { AppError } from '../../../core/errors.ts';
import type { Log } from '../../../core/log.ts';
import { partOf, textOf } from '../connection/answer-parts.ts';
import type { Conversation } from './conversation.ts';
import { type ListOption, toListOptions } from './form-view.ts';
import { memoryOf } from './forms.ts';

export interface SuggestParts {
  readonly conversation: Conversation;
  readonly run: CommandRunner;
  readonly clock: Clock;
  readonly log: Log;
}

// Slack waits three seconds for what a menu offers.
const ANSWER_WITHIN = 2_000;

/** What a menu of a form offers for what is typed in it; nothing where that cannot be found out in time. */
export function createSuggest({
  conversation,
  run,
  clock,
  log,
}: SuggestParts): (body: unknown) => Promise<readonly ListOption[]> {
  async function find(body: unknown): Promise<readonly Suggestion[]> {
    const [memory, option] = [memoryOf(partOf(body, 'view')), textOf(body, 'block_id')];
    if (!memory || option === undefined) return [];
    try {
      const caller = await conversation.callerOf({ ...memory.to, user: textOf(body, 'user', 'id') ?? '' });
      return await run.complete({ command: memory.command, option, typed: textOf(body, 'value') ?? '', caller });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      log.info({ platform: 'slack', code: error.code, command: memory.command }, 'a menu could not be filled');
      return [];
    }
  }

  return async (body) => {
    const late = new AbortController();
    const nothing = clock.sleep(ANSWER_WITHIN, late.signal).then((): readonly Suggestion[] => []);
    const found = await Promise.race([find(body), nothing]);
    late.abort();
    return toListOptions(found);
  };
}
