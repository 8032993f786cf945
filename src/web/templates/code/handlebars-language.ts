import { StreamLanguage, type StringStream } from '@codemirror/language';

interface State {
  /** What is being read: text between tags, a tag, or a comment, by what ends it. */
  inside: 'text' | 'tag' | '--}}' | '}}';
  /** For the tag and each open bracket in it, whether its next word is a name. */
  naming: boolean[];
  /** How the word after `#`, `/` or `>` is drawn. */
  next: string | undefined;
}

const BLOCKS = /^(?:if|unless|each|with|else)$/;

/** Colours for Handlebars in Markdown. It reads line by line, so that a text with mistakes is coloured as far as it goes. */
export const handlebarsLanguage = StreamLanguage.define<State>({
  name: 'handlebars',
  startState: () => ({ inside: 'text', naming: [], next: undefined }),
  copyState: (state) => ({ ...state, naming: [...state.naming] }),
  token(stream, state) {
    if (state.inside === 'text') return readText(stream, state);
    if (state.inside === 'tag') return readTag(stream, state);
    return readComment(stream, state);
  },
  languageData: { commentTokens: { block: { open: '{{!--', close: '--}}' } } },
});

function readText(stream: StringStream, state: State): string | null {
  if (stream.match(/^\\\{\{/)) return null;
  const comment = stream.match(/^\{\{~?!(--)?/);
  if (comment && comment !== true) {
    state.inside = comment[1] ? '--}}' : '}}';
    return 'comment';
  }
  if (stream.match(/^\{\{\{?~?&?/)) {
    state.inside = 'tag';
    state.naming = [true];
    state.next = undefined;
    return 'meta';
  }
  if (stream.sol() && stream.match(/^#{1,6} [^{\n]*/)) return 'heading';
  if (stream.match(/^\*\*[^*{]+\*\*/)) return 'strong';
  if (stream.match(/^`[^`{]+`/)) return 'string2';
  stream.next();
  stream.eatWhile(/[^{*`\\]/);
  return null;
}

function readComment(stream: StringStream, state: State): string {
  const end = stream.string.indexOf(state.inside, stream.pos);
  if (end < 0) stream.skipToEnd();
  else {
    stream.pos = end + state.inside.length;
    state.inside = 'text';
  }
  return 'comment';
}

function readTag(stream: StringStream, state: State): string | null {
  if (stream.eatSpace()) return null;
  if (stream.match(/^~?\}\}\}?/)) {
    state.inside = 'text';
    return 'meta';
  }
  if (stream.match(/^[#/^]/)) {
    state.next = 'keyword';
    return 'meta';
  }
  if (stream.match(/^>/)) {
    state.next = 'typeName';
    return 'meta';
  }
  if (stream.eat('(')) {
    state.naming.push(true);
    return 'punctuation';
  }
  if (stream.eat(')')) {
    if (state.naming.length > 1) state.naming.pop();
    return 'punctuation';
  }
  // A text may go on over lines; what is left of it is coloured as text too.
  if (stream.match(/^"[^"]*"?|^'[^']*'?/)) return named(state, 'string');
  if (stream.match(/^-?\d+(?:\.\d+)?(?=[\s)}])/)) return named(state, 'number');
  if (stream.match(/^[^\s"'()|=}~]+(?==)/)) return 'propertyName';
  const word = stream.match(/^(?:\[[^\]]*\]|[^\s"'()|=}~[])+/);
  if (!word || word === true) {
    stream.next();
    return 'punctuation';
  }
  return drawWord(word[0], stream, state);
}

function drawWord(word: string, stream: StringStream, state: State): string {
  const { next } = state;
  const isName = state.naming.at(-1) === true;
  state.next = undefined;
  named(state, '');
  if (next) return next;
  if (/^(?:true|false|null|undefined)$/.test(word)) return 'bool';
  if (word.startsWith('@')) return 'atom';
  if (word === 'else' && isName) {
    state.naming[state.naming.length - 1] = true;
    return 'keyword';
  }
  if (BLOCKS.test(word) && isName) return 'keyword';
  // A name that is given values is a helper; one alone is printed.
  const isCall = isName && (state.naming.length > 1 || !/^\s*~?\}/.test(stream.string.slice(stream.pos)));
  return isCall ? 'macroName' : 'variableName';
}

function named<Style extends string>(state: State, style: Style): Style {
  state.naming[state.naming.length - 1] = false;
  return style;
}
