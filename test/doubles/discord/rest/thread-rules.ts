import { DiscordFailure } from '../failure.ts';
import type { Json } from '../messages.ts';
import type { Channel } from '../place.ts';

/** What the bot may do with a thread. */
export interface Rights {
  readonly bot: string;
  /** Whether it may do what moderators do. */
  readonly moderates: boolean;
}

const NAME_LENGTH = 100;
const TAGS = 5;

/** Refuses a name that Discord would refuse. */
export function checkName(name: unknown): string {
  if (typeof name !== 'string' || name.trim() === '')
    throw new DiscordFailure(50035, ['This field is required [json-pointer:/name]']);
  if (name.length > NAME_LENGTH)
    throw new DiscordFailure(50035, [`Must be between 1 and ${NAME_LENGTH} in length. [json-pointer:/name]`]);
  return name;
}

/** The tags that a post of a forum may have from now on. */
export function checkTags(
  given: unknown,
  {
    forum,
    before,
    moderates,
  }: { readonly forum: Channel; readonly before: readonly string[]; readonly moderates: boolean },
): readonly string[] {
  const ids = (given ?? []) as readonly string[];
  if (ids.length > TAGS)
    throw new DiscordFailure(50035, [`Must be ${TAGS} or fewer in length. [json-pointer:/applied_tags]`]);
  for (const id of ids) {
    const tag = forum.tags.find((candidate) => candidate.id === id);
    if (!tag) throw new DiscordFailure(50035, ['Unknown tag [json-pointer:/applied_tags]']);
    if (tag.moderated && !moderates && !before.includes(id)) throw new DiscordFailure(50013);
  }
  if (forum.requiresTag && ids.length === 0) throw new DiscordFailure(40067);
  return ids;
}

/** Changes a thread as Discord lets whoever began it, whoever may write in it, and moderators. */
export function changeThread(
  thread: Channel,
  forum: Channel | undefined,
  body: Json,
  { bot, moderates }: Rights,
): void {
  const opens = body.archived === false;
  if (thread.locked && !moderates) throw new DiscordFailure(50013);
  if (!opens && thread.owner !== bot && !moderates) throw new DiscordFailure(50013);
  if (body.applied_tags !== undefined) {
    if (thread.archived && !opens) throw new DiscordFailure(50083);
    if (forum?.kind !== 'forum') throw new DiscordFailure(50035, ['no forum [json-pointer:/applied_tags]']);
    thread.applied = checkTags(body.applied_tags, { forum, before: thread.applied, moderates });
  }
  if (typeof body.archived === 'boolean') thread.archived = body.archived;
}
