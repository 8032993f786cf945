import type { Completion, CompletionSource } from '@codemirror/autocomplete';
import type { TemplateWords } from '../../api/template-shapes.ts';
import { type Offer, offersAt } from './complete.ts';

/** Helpers and words before paths, and what a block or a name needs before both. */
const RANKS: Readonly<Record<Offer['kind'], number>> = {
  word: 6,
  named: 5,
  block: 4,
  partial: 4,
  path: 2,
  helper: 1,
  variable: 0,
};

/** Offers what can be written at the cursor. */
export function completeFrom(words: () => TemplateWords | undefined): CompletionSource {
  return ({ state, pos, explicit }) => {
    const known = words();
    const text = state.doc.toString();
    const found = known && offersAt(text, pos, known);
    if (!found) return null;
    // Nobody who has just written a space asks for everything there is.
    if (!explicit && found.from === pos && /\s/.test(text.charAt(pos - 1))) return null;
    return { from: found.from, options: found.offers.map(toCompletion) };
  };
}

function toCompletion({ label, kind, detail, example }: Offer): Completion {
  return {
    label,
    type: kind,
    boost: RANKS[kind],
    ...(detail && { detail }),
    ...(example && { info: () => toInfo(detail ?? '', example) }),
  };
}

function toInfo(summary: string, example: string): Node {
  const box = document.createElement('div');
  const words = box.appendChild(document.createElement('p'));
  words.textContent = summary;
  box.appendChild(document.createElement('code')).textContent = example;
  return box;
}
