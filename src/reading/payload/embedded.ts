import { parseJson } from '../../core/delivery/parse-json.ts';

/** Characters of JSON in strings that are parsed for one payload. */
export const EMBEDDED_LIMIT = 200_000;

/** What a string holds that is JSON itself, plain or in Base64, as queues and forms send it; nothing for any other text. */
export function embeddedJson(text: string, limit = EMBEDDED_LIMIT): object | undefined {
  if (text.length > limit || text.length < 2) return undefined;
  if (/^\s*(?:\{\s*["}]|\[\s*[{"\]\d])/.test(text)) return parsed(text);
  if (/^(?:ey[JI]|W3si|eyAi|ewog)[A-Za-z\d+/_-]+={0,2}$/.test(text))
    return parsed(Buffer.from(text, 'base64').toString('utf8'));
  return undefined;
}

/** The objects of a text that has one to a line. */
export function jsonLines(text: string): readonly object[] | undefined {
  if (!/^\s*\{/.test(text) || text.length > EMBEDDED_LIMIT) return undefined;
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const found = lines.length > 1 ? lines.map((line) => (line.trim().startsWith('{') ? parsed(line) : undefined)) : [];
  return found.length > 0 && found.every((object) => object !== undefined) ? found : undefined;
}

function parsed(text: string): object | undefined {
  const outcome = parseJson(text);
  return outcome.ok && typeof outcome.payload === 'object' && outcome.payload !== null ? outcome.payload : undefined;
}
