import { readFileSync } from 'node:fs';
import { renderPage } from './render-page.ts';

/** Has the build turn Markdown into pages, so that the browser needs no parser. */
export function helpPlugin() {
  return {
    name: 'help',
    enforce: 'pre' as const,
    load(id: string) {
      if (!id.endsWith('.md')) return undefined;
      return `export default ${JSON.stringify(renderPage(readFileSync(id, 'utf8')))};`;
    },
  };
}
