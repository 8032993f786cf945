import { escapeMarkdown } from '../../core/message.ts';
import { webUrl } from '../../core/safe-link.ts';
import { defineHelper } from '../helper.ts';
import { isSafeMarkdown, safeMarkdown, toMarkdown } from '../safe-markdown.ts';
import { toLine } from '../values.ts';

export default defineHelper({
  summary: 'Links a text; the text alone when there is no web address.',
  example: '{{link commit.message commit.url}}',
  run({ values: [label, address] }) {
    const url = webUrl(address);
    const text = toMarkdown(isSafeMarkdown(label) ? label : toLine(label));
    if (!url) return safeMarkdown(text);
    return safeMarkdown(`[${text || escapeMarkdown(url)}](<${url.replace(/[<>\\]/g, encodeURIComponent)}>)`);
  },
});
