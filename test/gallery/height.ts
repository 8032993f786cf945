import type { Locator } from 'playwright-core';

/** How tall a message is. */
export interface Height {
  /** Lines of text, as they are broken; what stands side by side is one. */
  readonly lines: number;
  /** Rows that hold nothing but controls. */
  readonly rows: number;
}

/** Measures a drawn message where it stands, without its author's line. */
export function heightOf(figure: Locator): Promise<Height> {
  // Runs in the page, so it can use nothing from outside itself.
  return figure.evaluate((root) => {
    interface Band {
      readonly top: number;
      readonly bottom: number;
    }
    const CONTROLS = 'button, select, summary, .slack-button, discord-button';
    const document = root.ownerDocument;

    const within = (at: number, { top, bottom }: Band) => at > top && at < bottom;
    const middleOf = ({ top, bottom }: Band) => (top + bottom) / 2;
    const toBands = (boxes: readonly Band[]): readonly Band[] => {
      const bands: Band[] = [];
      for (const { top, bottom } of [...boxes].sort((one, other) => one.top - other.top)) {
        const last = bands[bands.length - 1];
        if (!last || !within((top + bottom) / 2, last)) bands.push({ top, bottom });
        else bands[bands.length - 1] = { top: last.top, bottom: Math.max(last.bottom, bottom) };
      }
      return bands;
    };

    const texts: Band[] = [];
    const walker = document.createTreeWalker(root, 4);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (!node.nodeValue?.trim() || node.parentElement?.closest(`figcaption, .slack-author, ${CONTROLS}`)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      texts.push(...Array.from(range.getClientRects() as Iterable<Band>).filter(({ top, bottom }) => bottom > top));
    }
    const lines = toBands(texts);
    const controls = Array.from(root.querySelectorAll(CONTROLS) as Iterable<{ getBoundingClientRect(): Band }>)
      .map((control) => control.getBoundingClientRect())
      .filter(({ top, bottom }) => bottom > top);
    const rows = toBands(controls).filter((row) => !lines.some((line) => within(middleOf(line), row)));
    return { lines: lines.length, rows: rows.length };
  });
}
