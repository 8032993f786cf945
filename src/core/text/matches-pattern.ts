/** Whether text fits a pattern in which `*` stands for any text. Both are compared as they are; the time is linear in both lengths' product at worst. */
export function matchesPattern(text: string, pattern: string): boolean {
  let [t, p, star, mark] = [0, 0, -1, 0];
  while (t < text.length) {
    if (p < pattern.length && pattern[p] === '*') [star, mark, p] = [p, t, p + 1];
    else if (p < pattern.length && pattern[p] === text[t]) [t, p] = [t + 1, p + 1];
    else if (star >= 0) [p, mark, t] = [star + 1, mark + 1, mark + 1];
    else return false;
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}
