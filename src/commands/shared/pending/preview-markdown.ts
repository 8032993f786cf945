import { escapeMarkdown, type Markdown, type Message } from '../../../core/message/message.ts';

/** Lines of a preview, and characters of each. */
const LINES = 12;
const LENGTH = 300;

/** A message in a reply, quoted: what it would look like, without anything to press. */
export function previewMarkdown({ title, body, fields, footer }: Message): Markdown {
  const lines = [
    ...(title ? [`**${escapeMarkdown(title.text)}**`] : []),
    ...body.split('\n').filter((line) => line.trim()),
    ...fields.map(({ name, value }) => `${escapeMarkdown(name)}: ${value.replaceAll('\n', ' ')}`),
    ...(footer ? [escapeMarkdown(footer)] : []),
  ];
  const shown = lines.slice(0, LINES).map((line) => (line.length > LENGTH ? cutLine(line) : line));
  return [...shown, ...(lines.length > LINES ? ['…'] : [])].map((line) => `> ${line}`).join('\n');
}

/** A line cut within code or a link is shown as text: half a mark would pair with one of the next line, and turn what stands between into markup. */
function cutLine(line: Markdown): Markdown {
  const cut = `${line.slice(0, LENGTH).replace(/\\+$/, '').toWellFormed()}…`;
  return /[`[<]/.test(cut.replace(/\\[\s\S]/g, '')) ? escapeMarkdown(cut.replace(/\\([!-/:-@[-`{-~])/g, '$1')) : cut;
}
