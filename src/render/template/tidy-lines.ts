const LINE_START = /(?:^|\n)[ \t]*$/;
const LINE_END = /^[ \t]*(?:\r?\n|$)/;

/**
 * Removes the lines on which a template prints nothing because only effects stand there, so that they leave no blank line
 * in the message: blank lines part paragraphs.
 */
export function tidyLines(program: hbs.AST.Program, isEffect: (node: hbs.AST.Statement) => boolean): void {
  const { body } = program;
  for (const node of body) {
    if (!isBlock(node)) continue;
    if (node.program) tidyLines(node.program, isEffect);
    if (node.inverse) tidyLines(node.inverse, isEffect);
  }
  for (let start = 0; start < body.length; start++) {
    if (!isSilent(body[start], isEffect) || spansLines(body[start], isEffect)) continue;
    let end = start;
    while (end + 1 < body.length && (isSilent(body[end + 1], isEffect) || isGap(body, end + 1, isEffect))) end++;
    tidy(body[start - 1], body[end + 1]);
    start = end;
  }
}

function tidy(before: hbs.AST.Statement | undefined, after: hbs.AST.Statement | undefined) {
  const opens = !before || (isContent(before) && LINE_START.test(before.value));
  const closes = !after || (isContent(after) && LINE_END.test(after.value));
  if (!opens || !closes) return;
  if (before && isContent(before)) before.value = before.value.replace(/[ \t]*$/, '');
  if (after && isContent(after)) after.value = after.value.replace(LINE_END, '');
}

/** Whether it is a comment or a block on lines of its own, which Handlebars removes already. */
function spansLines(node: hbs.AST.Statement | undefined, isEffect: (node: hbs.AST.Statement) => boolean): boolean {
  if (!node || isEffect(node)) return false;
  return node.type === 'CommentStatement' || node.loc.start.line !== node.loc.end.line;
}

/** Whether a statement prints nothing whatever happens: an effect, a comment, or a block of nothing but those. */
function isSilent(node: hbs.AST.Statement | undefined, isEffect: (node: hbs.AST.Statement) => boolean): boolean {
  if (!node) return false;
  if (isEffect(node) || node.type === 'CommentStatement') return true;
  if (!isBlock(node)) return false;
  return [node.program, node.inverse].every((branch) =>
    (branch?.body ?? []).every((child) => isSilent(child, isEffect) || (isContent(child) && child.value.trim() === '')),
  );
}

/** Whether it is only space between two silent statements of one line. */
function isGap(
  body: readonly hbs.AST.Statement[],
  index: number,
  isEffect: (node: hbs.AST.Statement) => boolean,
): boolean {
  const node = body[index];
  return node !== undefined && isContent(node) && /^[ \t]*$/.test(node.value) && isSilent(body[index + 1], isEffect);
}

function isContent(node: hbs.AST.Statement): node is hbs.AST.ContentStatement {
  return node.type === 'ContentStatement';
}

function isBlock(node: hbs.AST.Statement): node is hbs.AST.BlockStatement {
  return node.type === 'BlockStatement';
}
