import { defineHelper } from '../template/helper.ts';
import { plainText, toText } from '../values/text.ts';

export default defineHelper({
  summary: 'A part of a web address: host, path, query, hash, origin, or with param the value of a parameter.',
  example: '{{urlpart request.url "host"}}',
  given: { request: { url: 'https://shop.example/cart?step=2' } },
  gives: 'shop.example',
  named: { param: 'text' },
  words: [[], ['host', 'path', 'query', 'hash', 'origin']],
  run({ values: [value, part = 'host'], named: { param } }) {
    const url = URL.parse(plainText(value).trim());
    if (!url) return '';
    if (param !== undefined) return toText(url.searchParams.get(plainText(param)));
    switch (plainText(part)) {
      case 'host':
        return url.host;
      case 'path':
        return toText(decoded(url.pathname));
      case 'query':
        return toText(url.search.slice(1));
      case 'hash':
        return toText(url.hash.slice(1));
      case 'origin':
        return url.origin === 'null' ? '' : url.origin;
      default:
        return '';
    }
  },
});

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
