import { createRequire } from 'node:module';
import type { ParseOutcome } from './parse-outcome.ts';

const LIMIT = 2_097_152;
/** Bodies are read at once, so there is no waiting for an import; and few senders speak XML. */
const require = createRequire(import.meta.url);

/** Parses XML without a document type, so that it cannot define entities. Attributes get a name with `@`; all values are text. */
export function parseXml(text: string): ParseOutcome {
  if (text.length > LIMIT) return { ok: false, problem: 'The XML is larger than 2 MB.' };
  if (declares(text)) return { ok: false, problem: 'The XML has a document type, which is refused.' };
  const { XMLParser }: typeof import('fast-xml-parser') = require('fast-xml-parser');
  try {
    const parser = new XMLParser({
      ignoreAttributes: false,
      attributeNamePrefix: '@',
      parseTagValue: false,
      ignoreDeclaration: true,
      ignorePiTags: true,
      maxNestedTags: 100,
    });
    return { ok: true, payload: parser.parse(text, true) };
  } catch (error) {
    const place = error instanceof Error && /:(\d+):(\d+)$/.exec(error.message);
    return {
      ok: false,
      problem: `The body is not valid XML${place ? `: look at line ${place[1]}, column ${place[2]}` : ''}.`,
    };
  }
}

/** Whether anything but comments and CDATA starts with `<!`. */
function declares(text: string): boolean {
  let start = text.indexOf('<!');
  while (start >= 0) {
    const close = text.startsWith('<!--', start) ? '-->' : text.startsWith('<![CDATA[', start) ? ']]>' : undefined;
    if (!close) return true;
    const end = text.indexOf(close, start + close.length);
    if (end < 0) return false;
    start = text.indexOf('<!', end);
  }
  return false;
}
