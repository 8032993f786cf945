import { useEffect, useState } from 'preact/hooks';
import { request } from '../api/request.ts';
import type { CommandDescription } from '../api/shapes.ts';
import { findSpot, type Spot } from './find-spot.ts';
import { type Suggestion, suggest, toValue } from './suggest.ts';

const LIMIT = 12;
/** Milliseconds of rest before Bellhop is asked. */
const REST = 120;

export interface SuggestionQuery {
  readonly line: string;
  readonly cursor: number;
  readonly channel: string;
  readonly commands: readonly CommandDescription[];
}

/** What could come next on the command line, best first. */
export function useSuggestions({ line, cursor, channel, commands }: SuggestionQuery): {
  readonly spot: Spot | undefined;
  readonly suggestions: readonly Suggestion[];
  /** Whether better ones are on their way. */
  readonly isWaiting: boolean;
} {
  const spot = line === '' ? undefined : findSpot(line, cursor, commands);
  const { command, option, typed = '', given = {} } = spot ?? {};
  const { endpoint, provider } = given;
  const asks = command && option && (option.complete || option.type === 'channel');
  const key = asks ? `${command.name} ${option.name} ${endpoint ?? ''} ${provider ?? ''} ${typed}` : '';
  const [found, setFound] = useState<{ readonly key: string; readonly values: readonly Suggestion[] }>({
    key: '',
    values: [],
  });

  useEffect(() => {
    if (!asks) return;
    const stop = new AbortController();
    const timer = setTimeout(async () => {
      const values = await complete(
        { command: command.name, option: option.name, typed, channel, endpoint, provider },
        stop.signal,
      );
      if (!stop.signal.aborted) setFound({ key, values });
    }, REST);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [key, channel]);

  const values = found.key === key ? found.values : [];
  return {
    spot,
    suggestions: spot ? [...values, ...suggest(spot, commands)].slice(0, LIMIT) : [],
    isWaiting: Boolean(asks) && found.key !== key,
  };
}

export interface CompletionQuery {
  readonly command: string;
  readonly option: string;
  readonly typed: string;
  readonly channel: string;
  /** What the command names already. */
  readonly endpoint?: string | undefined;
  readonly provider?: string | undefined;
}

/** Asks Bellhop what an option could be; nothing when it cannot be asked, for nobody waits for an error while typing. */
export async function complete(query: CompletionQuery, signal: AbortSignal): Promise<readonly Suggestion[]> {
  try {
    const answer = await request<{ suggestions: readonly { value: string; label: string }[] }>('/complete', {
      query: { ...query },
      signal,
    });
    return answer.suggestions.map(({ value, label }) => toValue(value, value, label));
  } catch {
    return [];
  }
}
