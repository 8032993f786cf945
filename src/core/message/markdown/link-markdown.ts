import { escapeMarkdown, type Markdown } from '../message.ts';
import { webUrl } from '../safe-link.ts';

/** Outside text as a link on one line, or as plain text where the URL is not an http(s) URL. Whoever draws it shows the real host where the text names another. */
export function linkMarkdown(text: string, url: string | undefined): Markdown {
  const line = text.replace(/\s+/g, ' ').trim();
  const address = webUrl(url);
  if (!line || !address) return escapeMarkdown(line);
  return `[${escapeMarkdown(line)}](<${address}>)`;
}
