import type { Clock } from '../../../core/clock.ts';
import type { ChatPerson } from '../../../core/command/chat.ts';
import { plainName } from '../../../core/settings/person.ts';
import { listOf, textOf } from '../connection/answer-parts.ts';
import type { SlackCall } from '../connection/web-calls.ts';
import { roleOf } from './people.ts';

export interface ProfileParts {
  readonly call: SlackCall;
  readonly clock: Clock;
  /** The workspace's id. Throws `AppError` while it is unknown. */
  readonly team: () => string;
}

type Profiles = ReadonlyMap<string, readonly ChatPerson[]>;

const KEPT_FOR = 5 * 60_000;
const PAGE = 200;
const PAGES = 50;

/**
 * Finds members of the workspace by what their profile calls them. Slack tells e-mail addresses only to an app with the scope
 * `users:read.email`. Throws `AppError` when Slack cannot say.
 */
export function createProfiles({ call, clock, team }: ProfileParts): (said: string) => Promise<readonly ChatPerson[]> {
  let known: { readonly at: number; readonly profiles: Promise<Profiles> } | undefined;

  async function list(): Promise<Profiles> {
    const ours = team();
    const found = new Map<string, ChatPerson[]>();
    let cursor = '';
    for (let page = 0; page < PAGES; page++) {
      const answer = await call('users.list', { limit: PAGE, ...(cursor && { cursor }) });
      for (const user of listOf(answer, 'members')) {
        const id = textOf(user, 'id');
        if (!id || roleOf(user, ours) === 'outsider') continue;
        const names = [textOf(user, 'name'), textOf(user, 'real_name')];
        const shown = ['display_name', 'real_name', 'email'].map((part) => textOf(user, 'profile', part));
        const name = shown[0] || names[1] || names[0] || id;
        for (const said of new Set([...names, ...shown].flatMap((each) => plainName(each ?? '') || [])))
          found.set(said, [...(found.get(said) ?? []), { id, name, isGroup: false }]);
      }
      cursor = textOf(answer, 'response_metadata', 'next_cursor') ?? '';
      if (!cursor) break;
    }
    return found;
  }

  return async (said) => {
    const now = clock.elapsed();
    if (!known || now - known.at >= KEPT_FOR) {
      const profiles = list();
      known = { at: now, profiles };
      profiles.catch(() => {
        known = undefined;
      });
    }
    return (await known.profiles).get(plainName(said)) ?? [];
  };
}
