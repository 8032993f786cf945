import type { About } from '../../core/event/about.ts';
import { essence, says } from '../../reading/words.ts';

/** What a message says already, so that nothing is said twice. */
export interface AlreadySaid {
  has(text: string): boolean;
  add(text: string): void;
}

export function createAlreadySaid({ title, source, actor, labels, state }: About): AlreadySaid {
  const said = new Set([source, actor, labels?.environment].map((text) => essence(text ?? '')));
  const texts = [title];
  return {
    has: (text) =>
      essence(text) === '' ||
      said.has(essence(text)) ||
      texts.some((whole) => says(whole, text)) ||
      (essence(text) === essence(state ?? '') && says(title, text)),
    add(text) {
      said.add(essence(text));
      if (text.length > 20) texts.push(text);
    },
  };
}
