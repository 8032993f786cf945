import type { CommandParts } from '../../../core/command/command.ts';
import { AppError } from '../../../core/errors.ts';
import type { StoredPost } from '../../../core/event/post.ts';

/** Messages that are asked after: each is a request to a chat service. */
const ASKED = 5;

/** The ids of those posts whose message was deleted on its platform. What cannot be asked counts as standing. */
export async function findGone(
  posts: readonly StoredPost[],
  { platforms }: Pick<CommandParts, 'platforms'>,
): Promise<ReadonlySet<string>> {
  const posted = posts.filter(({ state, ref }) => state === 'posted' && ref).slice(0, ASKED);
  const gone = await Promise.all(posted.map(async (post) => ((await isGone(post, platforms)) ? [post.id] : [])));
  return new Set(gone.flat());
}

async function isGone({ platform, ref }: StoredPost, platforms: CommandParts['platforms']): Promise<boolean> {
  const stands = platforms.get(platform)?.stands;
  if (!stands || !ref) return false;
  try {
    return !(await stands(ref));
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}
