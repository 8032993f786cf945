import { loadDrawer } from './drawing.tsx';
import { rememberedLook } from './look-switch.tsx';

/**
 * Gives back messages once what draws them is there too: until then each is one line, and what stands below would move. Without it
 * they are shown as lines. Views that draw nothing do not load it, for it is larger than the rest of the page.
 */
export async function drawn<Content>(content: Promise<Content>): Promise<Content> {
  const [found] = await Promise.all([content, loadDrawer(rememberedLook()).catch(() => undefined)]);
  return found;
}
