import { escapeMarkdown, type Markdown } from '../message.ts';
import { webUrl } from '../safe-link.ts';

/** Outside text as a link on one line, or as plain text where the URL is no http(s) URL. A text that names another host is told apart where it is drawn. */
export function linkMarkdown(text: string, url: string | undefined): Markdown {
  const line = text.replace(/\s+/g, ' ').trim();
  const address = webUrl(url);
  if (!line || !address) return escapeMarkdown(line);
  return `[${escapeMarkdown(line)}](<${address}>)`;
}
