import { walk } from '../payload/walk.ts';
import { readSeverity } from '../read-severity.ts';
import { typeWords } from '../read-type.ts';
import { addressesIn } from '../web-address.ts';
import { headlineOf } from '../words.ts';
import { NOTHING, type Reading, titleOfType } from './reading.ts';

/** Plain text: its first line is the title, and the first address in it the link. */
export function ofText(text: string): Reading {
  return {
    ...NOTHING,
    text,
    about: (type) => {
      const title = firstTelling(text);
      const severity = readSeverity({ walked: walk({}), state: undefined, typeWords: typeWords(type), said: [title] });
      const [url] = addressesIn(text);
      return { title: title ?? titleOfType(type), ...(url && { url }), ...(severity && { severity }) };
    },
  };
}

/** The first line that says anything; what stands before it is a frame. */
function firstTelling(text: string): string | undefined {
  const lines = text.slice(0, 4_000).split('\n', 30);
  return headlineOf(text) ?? lines.map((line) => headlineOf(line)).find(Boolean);
}
