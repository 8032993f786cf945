import { escapeMarkdown } from '../../core/message/message.ts';
import { webUrl } from '../../core/message/safe-link.ts';
import { isSafeMarkdown, safeMarkdown, toMarkdown } from '../markdown/safe-markdown.ts';
import { defineHelper } from '../template/helper.ts';
import { toLine } from '../values/values.ts';

export default defineHelper({
  summary: 'Links a text; the text alone when there is no web address.',
  example: '{{link commit.message commit.url}}',
  given: { commit: { message: 'Close the door', url: 'https://code.example/c/1' } },
  gives: 'Close the door',
  run({ values: [label, address] }) {
    const url = webUrl(address);
    const text = toMarkdown(isSafeMarkdown(label) ? label : toLine(label));
    if (!url) return safeMarkdown(text);
    return safeMarkdown(`[${text || escapeMarkdown(url)}](<${url.replace(/[<>\\]/g, encodeURIComponent)}>)`);
  },
});
