import type { Post } from '../../core/event/post.ts';

/** In which order the posts of a lane get their turns. */
export interface Order {
  /**
   * The next of those that wait, oldest first. What may have been posted stands aside, and its subject's later posts wait for it; so do
   * those behind what is held.
   */
  next(waiting: Iterable<Post>, aside: readonly Post[], isHeld?: (post: Post) => boolean): Post | undefined;
}

/** After so many that overtook it, the oldest has its turn. */
const OVERTAKERS = 3;

/** The oldest comes first, and what is critical before it, but never before an earlier post of its own subject. */
export function createOrder(): Order {
  let overtaken = 0;
  return {
    next(waiting, aside, isHeld = () => false) {
      const blocked = new Set(aside.flatMap((post) => subjectOf(post) ?? []));
      const firstOf = new Map<string, Post>();
      let oldest: Post | undefined;
      for (const post of waiting) {
        const subject = subjectOf(post);
        if (subject !== undefined && blocked.has(subject)) continue;
        if (isHeld(post)) {
          if (subject !== undefined) blocked.add(subject);
          continue;
        }
        oldest ??= post;
        if (overtaken >= OVERTAKERS) break;
        if (subject !== undefined && !firstOf.has(subject)) firstOf.set(subject, post);
        if (post.about?.severity !== 'critical') continue;
        const next = subject === undefined ? post : (firstOf.get(subject) ?? post);
        if (next === oldest) break;
        overtaken++;
        return next;
      }
      overtaken = 0;
      return oldest;
    },
  };
}

/** What must keep its order: the posts of one subject. */
function subjectOf({ endpointId, about }: Post): string | undefined {
  return about?.subject === undefined ? undefined : `${endpointId}\n${about.subject}`;
}
