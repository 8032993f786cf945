import type { Page } from 'playwright-core';
import { type Chat, type Shown, wordsOf } from '../chats/chat.ts';

interface PageShown extends Shown {
  readonly place: number;
  /** Empty for what only this person sees. */
  readonly id: string;
}

/** Messages that are read: a channel may hold hundreds, and what comes is at the end. */
const LOOKED_AT = 15;

/** Somebody at the page in a real browser, who types, clicks and reads. */
export function aPageChat(page: Page): Chat<PageShown> {
  const messages = page.locator('ol[aria-label=Messages] > li.message');

  async function type(line: string): Promise<void> {
    const box = page.getByRole('textbox', { name: 'Command' });
    await box.fill(line);
    await box.press('Escape');
    await page.getByRole('button', { name: 'Run' }).click();
  }

  return {
    type,
    async press({ id, place }, label) {
      const message = id ? page.locator(`[id="${id}"]`) : messages.nth(place);
      const button = message.getByRole('button', { name: label, exact: true });
      if (!(await button.isVisible())) await message.getByLabel('More actions').click();
      await button.click();
    },
    async seen() {
      // Whoever has scrolled away to press a button goes back to what comes.
      const newest = page.getByRole('button', { name: 'Newest' });
      if (await newest.isVisible()) await newest.click().catch(() => undefined);
      // The functions run in the page, whose types are not known here.
      const shown: readonly Omit<PageShown, 'key' | 'channel'>[] = await page.evaluate(`
        Array.from(document.querySelectorAll('ol[aria-label=Messages] > li.message'), (item, place) => ({ item, place }))
          .slice(-${LOOKED_AT})
          .map(({ item, place }) => ({
            place,
            id: item.id,
            text: item.textContent,
            labels: Array.from(item.querySelectorAll('button'), (button) => button.textContent.trim()),
          }))`);
      return shown.map((message) => ({
        ...message,
        key: `${message.id || message.place} ${message.text}`,
        channel: 'ops',
        text: wordsOf(message.text),
      }));
    },
    fill: () => Promise.reject(new Error('forms are tried in page.test.ts')),
    correct: () => Promise.reject(new Error('forms are tried in page.test.ts')),
  };
}
