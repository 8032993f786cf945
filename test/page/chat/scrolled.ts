import type { Page } from 'playwright-core';

export interface Scrolled {
  /** By how much more than was scrolled the ends of messages moved, where they did. */
  readonly jumps: readonly { readonly step: number; readonly moved: number }[];
  /** How many messages were in the page at most. */
  readonly most: number;
}

/** Scrolls step by step until a text is in sight. Gives back by how much more than that messages moved, and how many there were at most. */
export async function scrolled(
  page: Page,
  { by, until: text }: { readonly by: number; readonly until: string },
): Promise<Scrolled> {
  return page.evaluate(`(async () => {
    const scroller = document.querySelector('.timeline');
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const items = () => [...scroller.querySelectorAll('li.message')];
    const jumps = [];
    let most = 0;
    for (let step = 0; step < 2_000; step++) {
      const middle = scroller.getBoundingClientRect().top + scroller.clientHeight / 2;
      const item = items().find((each) => each.getBoundingClientRect().bottom > middle);
      const before = item.getBoundingClientRect().bottom;
      const from = scroller.scrollTop;
      scroller.scrollTop += ${by};
      const went = before - item.getBoundingClientRect().bottom;
      for (let frames = 0; frames < 4; frames++) await frame();
      const moved = before - went - item.getBoundingClientRect().bottom;
      if (item.isConnected && Math.abs(moved) > 1) jumps.push({ step, moved });
      most = Math.max(most, items().length);
      const found = items().find((each) => each.textContent.includes(${JSON.stringify(text)}));
      if (found && scroller.scrollTop === from) return { jumps, most };
    }
    return { jumps, most, unfinished: items().length };
  })()`);
}
