const DEPTH_LIMIT = 100;
/** So many different names, or objects and lists, are read; no parser takes more of them quickly, and no message shows them. */
const NAME_LIMIT = 40_000;
const BRANCH_LIMIT = 500_000;
/** Shorter texts cannot hold that many. */
const COUNTED_FROM = 262_144;

/** What a look over JSON text shows before it is parsed. The text need not be valid. */
export interface JsonScan {
  readonly tooDeep: boolean;
  /** Where whole numbers stand that a JavaScript number would round: start, end, start, end … */
  readonly longIntegers: readonly number[];
  /** Where to stop reading, what closes everything that is open there, and what there was too much of. */
  readonly stop: { readonly at: number; readonly closing: string; readonly excess: string } | undefined;
}

const [QUOTE, BACKSLASH, COLON, MINUS, ZERO, NINE] = [34, 92, 58, 45, 48, 57];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [91, 93, 123, 125];

/** Looks once at every character outside strings: it finds what would make parsing dangerous, slow or inexact. */
export function scanJson(text: string): JsonScan {
  const names = text.length < COUNTED_FROM ? undefined : createNameCounter(text);
  const longIntegers: number[] = [];
  const open: number[] = [];
  let [branches, stringStart, stringEnd] = [0, 0, 0];
  const stopAt = (at: number, excess: string, value = ''): JsonScan => ({
    tooDeep: false,
    longIntegers,
    stop: { at, closing: value + open.toReversed().map(closingOf).join(''), excess },
  });

  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === QUOTE) {
      stringStart = index;
      stringEnd = index = endOfString(text, index);
    } else if (code === OPEN_OBJECT || code === OPEN_LIST) {
      if (open.length === DEPTH_LIMIT) return { tooDeep: true, longIntegers, stop: undefined };
      if (++branches > BRANCH_LIMIT) return stopAt(index, `${said(BRANCH_LIMIT)} objects and lists`, 'null');
      open.push(code);
    } else if (code === CLOSE_OBJECT || code === CLOSE_LIST) {
      open.pop();
    } else if (code === COLON) {
      if (names && names.add(stringStart, stringEnd) > NAME_LIMIT)
        return stopAt(endOfValue(text, stringStart), `${said(NAME_LIMIT)} different names`);
    } else if (code === MINUS || (code >= ZERO && code <= NINE)) {
      const end = endOfNumber(text, index);
      if (end - index > 15 && isLongInteger(text, index, end)) longIntegers.push(index, end);
      index = end - 1;
    }
  }
  return { tooDeep: false, longIntegers, stop: undefined };
}

/** The position of the quote that ends a string, or of the end of the text. */
function endOfString(text: string, start: number): number {
  let end = start;
  for (;;) {
    end = text.indexOf('"', end + 1);
    if (end < 0) return text.length;
    let before = end - 1;
    while (text.charCodeAt(before) === BACKSLASH) before--;
    if ((end - before) % 2 === 1) return end;
  }
}

/** The end of the value before a name: a comma would promise another one. */
function endOfValue(text: string, nameStart: number): number {
  let end = nameStart;
  while (/[\s,]/.test(text.charAt(end - 1))) end--;
  return end;
}

function endOfNumber(text: string, start: number): number {
  let end = start + 1;
  while (isOfNumber(text.charCodeAt(end))) end++;
  return end;
}

/** Digits, `+`, `-`, `.`, `E` and `e`. */
function isOfNumber(code: number): boolean {
  return (code >= ZERO && code <= NINE) || code === 43 || code === MINUS || code === 46 || code === 69 || code === 101;
}

/** Whether it is an integer that has to be kept apart, and stands where a value may stand: broken JSON must stay broken. */
function isLongInteger(text: string, start: number, end: number): boolean {
  const digits = text.slice(start, end);
  if (!/^-?[1-9]\d+$/.test(digits) || Number.isSafeInteger(Number(digits))) return false;
  let next = end;
  while (/\s/.test(text.charAt(next))) next++;
  return next === text.length || ',]}'.includes(text.charAt(next));
}

function closingOf(code: number): string {
  return code === OPEN_OBJECT ? '}' : ']';
}

function said(limit: number): string {
  return limit.toLocaleString('en-US');
}

/** Counts how many different names there are, roughly: of two that share a slot one is not counted. */
function createNameCounter(text: string): { add(start: number, end: number): number } {
  const seen = new Uint8Array(NAME_LIMIT * 16);
  let count = 0;
  return {
    add(start, end) {
      let hash = end - start;
      for (let index = Math.max(start, end - 32); index < end; index++)
        hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
      const slot = (hash >>> 0) % seen.length;
      if (!seen[slot]) {
        seen[slot] = 1;
        count++;
      }
      return count;
    },
  };
}
