import { tooMany } from '../doubles/discord/rest/rest.ts';

/** Of a hundred calls. */
const [LIMITED, FAILED, LOST] = [20, 2, 1];
/** Longer than anybody waits for an answer. */
const NEVER = 12_000;

/** What goes wrong with calls to chats, by chance that can be repeated. */
export function createTrouble({ timeouts }: { readonly timeouts: number }) {
  const roll = createDice(20_260_302);
  const pick = (): 'limited' | 'failed' | 'lost' | 'silent' | undefined => {
    const number = roll() * 100;
    if (number < LIMITED) return 'limited';
    if (number < LIMITED + FAILED) return 'failed';
    if (number < LIMITED + FAILED + LOST) return 'lost';
    return number < LIMITED + FAILED + LOST + timeouts ? 'silent' : undefined;
  };
  return {
    slack(method: string) {
      if (!/^(?:chat|conversations)\./.test(method)) return undefined;
      switch (pick()) {
        case 'limited':
          return { status: 429, headers: { 'retry-after': '1' }, body: { ok: false, error: 'ratelimited' } };
        case 'failed':
          return { status: 500, body: 'trouble' };
        case 'lost':
          return { reset: true, afterwards: true };
        case 'silent':
          return { delay: NEVER, reset: true };
        case undefined:
          return undefined;
      }
    },
    discord(method: string, path: string) {
      if (!path.startsWith('/channels/') || (method === 'GET' && !path.includes('/messages'))) return undefined;
      switch (pick()) {
        case 'limited':
          return tooMany('shared', 0.5);
        case 'failed':
          return { status: 500, body: 'trouble' };
        case 'lost':
          return { reset: 'after' as const };
        case 'silent':
          return { delay: NEVER, reset: 'before' as const };
        case undefined:
          return undefined;
      }
    },
  };
}

/** Numbers from 0 to 1 that look like chance, the same in every run. */
function createDice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
