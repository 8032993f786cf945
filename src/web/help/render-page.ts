import { Marked } from 'marked';

/** One page of the Help, as the build makes it from Markdown. */
export interface HelpPage {
  readonly title: string;
  /** From our own files only, so it is safe to show as it is. */
  readonly html: string;
}

/** Pages that are made from other files than those beside this one. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  '../../../.env.example': '#/help/environment',
  '../../render/README.md': '#/help/helpers',
};

/** Draws a page of Markdown. Its links lead to other pages of the Help; what only a code host shows is not a link. */
export function renderPage(markdown: string): HelpPage {
  const [, title = 'Help'] = /^# (.+)$/m.exec(markdown) ?? [];
  const marked = new Marked({
    renderer: {
      link({ href, tokens }) {
        const text = this.parser.parseInline(tokens);
        const address = toAddress(href);
        if (!address) return text;
        const outside = address.startsWith('http') ? ' target="_blank" rel="noopener noreferrer"' : '';
        return `<a href="${address}"${outside}>${text}</a>`;
      },
      // What is wide scrolls by itself, and by the keyboard too.
      code: ({ text }) => `<pre tabindex="0"><code>${escapeHtml(text)}</code></pre>`,
      table(token) {
        const row = (cells: typeof token.header, tag: string) =>
          `<tr>${cells.map((cell) => `<${tag}>${this.parser.parseInline(cell.tokens)}</${tag}>`).join('')}</tr>`;
        return `<div class="help-table" role="region" aria-label="Table" tabindex="0"><table><thead>${row(token.header, 'th')}</thead><tbody>${token.rows.map((cells) => row(cells, 'td')).join('')}</tbody></table></div>`;
      },
    },
  });
  return { title, html: marked.parse(markdown.replace(/^# .+\n/m, ''), { async: false }) };
}

/** Code as HTML shows it. */
function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function toAddress(href: string): string | undefined {
  if (/^https?:\/\//.test(href)) return href;
  const [, page] = /^([\w-]+)\.md$/.exec(href) ?? [];
  return page ? `#/help/${page}` : ELSEWHERE[href];
}
