const STRING = /"(?:[^"\\]|\\.)*"/y;
const INDENT = '  ';

/** JSON on many lines. Only space between its parts changes: every number and text stays as it was written. Text that is not JSON stays whole. */
export function indentJson(text: string): string {
  if (!isJson(text)) return text;
  let [written, depth] = ['', 0];
  const newLine = () => `\n${INDENT.repeat(depth)}`;
  for (let index = 0; index < text.length; index++) {
    const character = text.charAt(index);
    if (character === '"') {
      STRING.lastIndex = index;
      const [string = character] = STRING.exec(text) ?? [];
      written += string;
      index += string.length - 1;
    } else if (character === '{' || character === '[') {
      const end = /\S/g;
      end.lastIndex = index + 1;
      const next = end.exec(text);
      if (next && (next[0] === '}' || next[0] === ']')) {
        written += character + next[0];
        index = next.index;
        continue;
      }
      depth++;
      written += character + newLine();
    } else if (character === '}' || character === ']') {
      depth--;
      written += newLine() + character;
    } else if (character === ',') written += character + newLine();
    else if (character === ':') written += ': ';
    else if (character.trim()) written += character;
  }
  return written;
}

function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}
