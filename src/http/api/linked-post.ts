import type { StoredPost } from '../../core/event/post.ts';
import type { Platform } from '../../core/platform/platform.ts';
import { toPostView } from './views.ts';

/** A post with the link that opens its message. A platform that cannot say it now has none. */
export async function toLinkedPost(post: StoredPost, platforms: ReadonlyMap<string, Platform>) {
  const { ref, platform } = post;
  const link = ref && (await platforms.get(platform)?.link(ref));
  return { ...toPostView(post), link: link ?? null };
}
