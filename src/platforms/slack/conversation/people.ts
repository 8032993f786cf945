import type { Clock } from '../../../core/clock.ts';
import type { Role } from '../../../core/command/permission.ts';
import { partOf, textOf } from '../connection/answer-parts.ts';
import { unreadable } from '../connection/to-app-error.ts';
import type { SlackCall } from '../connection/web-calls.ts';

export interface SlackPerson {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  /** IANA. */
  readonly timeZone?: string;
}

export interface PeopleParts {
  readonly call: SlackCall;
  readonly clock: Clock;
  /** The workspace's id. Throws `AppError` while it is unknown. */
  readonly team: () => string;
}

const KEPT_FOR = 5 * 60_000;
const KEPT = 1_000;

/** Finds out who somebody is. What Slack said is believed for five minutes. Throws `AppError` when it cannot say. */
export function createPeople({ call, clock, team }: PeopleParts): (id: string) => Promise<SlackPerson> {
  const known = new Map<string, { readonly at: number; readonly person: Promise<SlackPerson> }>();

  async function ask(id: string): Promise<SlackPerson> {
    const ours = team();
    const { user } = await call('users.info', { user: id });
    if (!textOf(user, 'id')) throw unreadable();
    const name = textOf(user, 'profile', 'display_name') ?? textOf(user, 'real_name') ?? textOf(user, 'name') ?? id;
    const timeZone = textOf(user, 'tz');
    return { id, name, role: roleOf(user, ours), ...(timeZone && { timeZone }) };
  }

  return (id) => {
    const now = clock.elapsed();
    const found = known.get(id);
    if (found && now - found.at < KEPT_FOR) return found.person;
    if (known.size >= KEPT) known.clear();
    const person = ask(id);
    known.set(id, { at: now, person });
    person.catch(() => known.delete(id));
    return person;
  };
}

/** Guests, bots, people of other companies and people who left are outsiders. */
export function roleOf(user: unknown, team: string): Role {
  const is = (flag: string) => partOf(user, flag) === true;
  const teams = partOf(user, 'enterprise_user', 'teams');
  const member = textOf(user, 'team_id') === team || (Array.isArray(teams) && teams.includes(team));
  if (!member || ['deleted', 'is_bot', 'is_stranger', 'is_restricted', 'is_ultra_restricted'].some(is))
    return 'outsider';
  return ['is_admin', 'is_owner', 'is_primary_owner'].some(is) ? 'admin' : 'member';
}
