import type { CommandParts } from '../../../core/command/command.ts';
import { AppError } from '../../../core/errors.ts';
import type { StoredPost } from '../../../core/event/post.ts';

/** Messages that are asked after: each is a request to a chat service. */
const ASKED = 5;
/** Milliseconds that their answers are waited for: whoever asks why is waiting too. */
const PATIENCE = 3_000;

/** The ids of those posts whose message was deleted on its platform. What cannot be asked in time counts as standing. */
export async function findGone(
  posts: readonly StoredPost[],
  { platforms, clock }: Pick<CommandParts, 'platforms' | 'clock'>,
): Promise<ReadonlySet<string>> {
  const asking = posts.flatMap((post) => {
    const stands = platforms.get(post.platform)?.stands;
    return post.state === 'posted' && post.ref && stands ? [{ id: post.id, ref: post.ref, stands }] : [];
  });
  const gone = new Set<string>();
  if (asking.length === 0) return gone;
  const asked = Promise.all(
    asking.slice(0, ASKED).map(async ({ id, ref, stands }) => {
      if (!(await stands(ref).catch(orStands))) gone.add(id);
    }),
  );
  const stop = new AbortController();
  await Promise.race([asked, clock.sleep(PATIENCE, stop.signal)]);
  stop.abort();
  return new Set(gone);
}

function orStands(error: unknown): true {
  if (error instanceof AppError) return true;
  throw error;
}
