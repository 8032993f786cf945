import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parseDelivery } from '../../src/core/delivery/parse-delivery.ts';
import { anyCharacter } from '../any-text.ts';
import { runs } from '../runs.ts';

describe('reading a body', () => {
  it('reads JSON by its declared type, with a byte order mark and a suffix too', () => {
    assert.deepEqual(read('\ufeff{"a":1}', 'application/json; charset=utf-8'), ['json', { a: 1 }, undefined]);
    assert.deepEqual(read('[1,null]', 'application/cloudevents+json'), ['json', [1, null], undefined]);
  });

  it('recognises JSON, XML and forms that come without a telling type', () => {
    assert.deepEqual(read(' {"a":1}'), ['json', { a: 1 }, undefined]);
    assert.deepEqual(read('<a><b>1</b></a>', 'application/octet-stream'), ['xml', { a: { b: '1' } }, undefined]);
    assert.deepEqual(read('status=down&host=db-1\n', 'text/plain'), [
      'form',
      { status: 'down', host: 'db-1' },
      undefined,
    ]);
  });

  it('takes for text what only looks like something else', () => {
    for (const text of ['[ERROR] disk full', '<html><body>hi</body></html>', 'a = b', '<3 this release', 'all good']) {
      assert.deepEqual(read(text), ['text', text, undefined]);
    }
  });

  it('keeps broken JSON as text and says where it breaks', () => {
    const [format, payload, problem] = read('{\n  "a": 1,\n  b\n}', 'application/json');
    assert.deepEqual([format, payload], ['text', '{\n  "a": 1,\n  b\n}']);
    assert.equal(problem, 'The body is not valid JSON: look at line 3, column 3.');
  });

  it('leaves out keys that name prototypes', () => {
    const [, payload] = read(
      '{"__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}},"ok":1}',
      'application/json',
    );
    assert.deepEqual(Object.keys(payload as object), ['ok']);
    assert.deepEqual(read('__proto__=1&prototype=2&ok=3', FORM), ['form', { ok: '3' }, undefined]);
    assert.equal(read('<a><__proto__>1</__proto__></a>', 'text/xml')[0], 'text');
  });

  it('refuses a hundred thousand levels at once, but not brackets inside a string', () => {
    for (const bracket of ['[', '{"a":']) {
      const [format, , problem] = read(bracket.repeat(100_000), 'application/json');
      assert.deepEqual([format, problem], ['text', 'The JSON is nested deeper than 100 levels.']);
    }
    assert.equal(read(JSON.stringify({ text: '\\"[{'.repeat(500) }), 'application/json')[2], undefined);
    assert.equal(read(`${'['.repeat(100)}${']'.repeat(100)}`, 'application/json')[2], undefined);
    assert.equal(read(`<a>${'<b>'.repeat(5000)}`, 'text/xml')[0], 'text');
  });

  it('reads forms of at most a thousand fields, the last of equal names', () => {
    assert.deepEqual(read('a=1&b=x+y%26z&a=2', FORM), ['form', { a: '2', b: 'x y&z' }, undefined]);
    const [, payload, problem] = read(Array.from({ length: 1001 }, (_, index) => `f${index}=1`).join('&'), FORM);
    assert.equal(Object.keys(payload as object).length, 1000);
    assert.equal(problem, 'The form has more than 1000 fields; the rest is left out.');
  });

  it('puts the fields of a form together whose names have brackets, as PHP writes them', () => {
    const written = {
      'alert[title]=Disk+full&alert[host]=db1&tags[]=web&tags[]=db': {
        alert: { title: 'Disk full', host: 'db1' },
        tags: ['web', 'db'],
      },
      'a[0][x]=1&a[1][x]=2&a[0][y]=3': { a: [{ x: '1', y: '3' }, { x: '2' }] },
      'a[b][c][]=1&a[b][c][]=2': { a: { b: { c: ['1', '2'] } } },
      'a[5]=x&a[7]=y': { a: { 5: 'x', 7: 'y' } },
      'a[b]=1&a=2': { a: '2' },
      'a=1&a[b]=2': { a: { b: '2' } },
      'a%5Bb%5D=1': { a: { b: '1' } },
    };
    for (const [text, payload] of Object.entries(written))
      assert.deepEqual(read(text, FORM), ['form', payload, undefined]);
  });

  it('leaves brackets that make no sense as they are, and makes no prototype of any', () => {
    assert.deepEqual(read('a[=1&]b=2&c[d=3&[e]=4&f[g]h=5', FORM)[1], {
      'a[': '1',
      ']b': '2',
      'c[d': '3',
      '[e]': '4',
      'f[g]h': '5',
    });
    const deep = `a${'[b]'.repeat(50)}`;
    assert.deepEqual(read(`${deep}=1`, FORM)[1], { [deep]: '1' });
    const [, payload] = read('a[__proto__][x]=1&__proto__[x]=1&a[constructor][prototype]=1&a[ok]=1', FORM);
    assert.deepEqual(payload, { a: { ok: '1' } });
    assert.equal(({} as { x?: string }).x, undefined);
  });

  it('takes the JSON inside a form field for the payload', () => {
    assert.deepEqual(read(`payload=${encodeURIComponent('{"a":1}')}`, FORM), ['form', { a: 1 }, undefined]);
    assert.deepEqual(read('json=%5B1%5D', FORM), ['form', [1], undefined]);
    const [format, payload, problem] = read('payload=%7Bbroken', FORM);
    assert.deepEqual([format, payload], ['form', { payload: '{broken' }]);
    assert.match(problem ?? '', /looks like JSON but is not valid/);
  });

  it('reads JSON that a command-line tool called a form', () => {
    assert.deepEqual(read('{"a":"b&c=d"}', FORM), ['json', { a: 'b&c=d' }, undefined]);
  });

  it('reads a JSON object a line as a list, and a single one as itself', () => {
    for (const type of ['x-ndjson', 'jsonl', 'json-seq'])
      assert.deepEqual(read('{"a":1}\r\n\n{"a":2}\n', `application/${type}`), [
        'json',
        [{ a: 1 }, { a: 2 }],
        undefined,
      ]);
    assert.deepEqual(read('\u001e{"a":1}\n\u001e[2]\n', 'application/json-seq')[1], [{ a: 1 }, [2]]);
    assert.deepEqual(read('{"a":1}\n', 'application/x-ndjson')[1], { a: 1 });
    assert.deepEqual(read('{\n"a":1\n}\n{"a":2}', 'application/x-ndjson')[1], [{ a: 1 }, { a: 2 }]);
    const [format, , problem] = read('{"a":1}\n{"a":}\n', 'application/x-ndjson');
    assert.deepEqual([format, problem], ['text', 'Item 2 of the body is not valid JSON.']);
  });

  it('reads objects that follow one another, whatever they are called', () => {
    for (const type of ['application/json', 'text/plain', undefined, FORM])
      assert.deepEqual(read('{"a":"}{"}{"a":2}\n {"a":3}', type)[1], [{ a: '}{' }, { a: 2 }, { a: 3 }], type);
    for (const broken of ['{"a":1} and {"a":2}', '{"a":1}{"a":', '{"a":1},{"a":2}'])
      assert.match(read(broken, 'application/json')[2] ?? '', /not valid JSON/, broken);
    const [, payload, problem] = read('{}'.repeat(10_001), 'application/json');
    assert.deepEqual(
      [(payload as unknown[]).length, problem],
      [10_000, 'The body has more than 10000 items; the rest is left out.'],
    );
  });

  it('takes the query for the payload where there is no body', () => {
    const query = { 'alert[name]': 'Disk full', status: 'down', tag: ['a', 'b'], key: '••••' };
    const { format, payload } = parseDelivery({ ...aDelivery(''), method: 'GET', query });
    assert.deepEqual([format, payload], ['form', { alert: { name: 'Disk full' }, status: 'down', tag: 'b' }]);
    assert.deepEqual(parseDelivery({ ...aDelivery('{"a":1}'), query }).payload, { a: 1 });
  });

  it('reads XML with attributes, and knows no entities but its own', () => {
    const [format, payload] = read('<a id="1&amp;2"><b>&lt;x</b><b><![CDATA[<!DOCTYPE]]></b></a>', 'application/xml');
    assert.deepEqual([format, payload], ['xml', { a: { '@id': '1&2', b: ['<x', '<!DOCTYPE'] } }]);
  });

  it('refuses XML with a document type', () => {
    const bomb = '<?xml version="1.0"?><!-- --><!DOCTYPE a [<!ENTITY b "boom">]><a>&b;</a>';
    assert.deepEqual(read(bomb, 'application/xml'), ['text', bomb, 'The XML has a document type, which is refused.']);
  });

  it('reads the text fields of a multipart form and leaves files alone', () => {
    const part = (headers: string, value: string) =>
      `--X\r\nContent-Disposition: form-data; ${headers}\r\n\r\n${value}\r\n`;
    const body = `${part('name="title"', 'two\r\nlines')}${part('name="file"; filename="a.png"', 'PNG')}--X--\r\n`;
    assert.deepEqual(read(body, 'multipart/form-data; boundary="X"'), ['form', { title: 'two\r\nlines' }, undefined]);
    assert.match(read(body, 'multipart/form-data')[2] ?? '', /does not name its boundary/);
  });

  it('reads each body by itself, whatever the one before it ended with', () => {
    for (const charset of ['utf-8', 'utf-16le', 'shift_jis', 'gb18030']) {
      const type = `text/plain; charset=${charset}`;
      const good = read(Buffer.from('a\0b\0'), type);
      for (const cut of [[0xe3, 0x81], [0x00, 0xd8], [0x82], [0x81, 0x30, 0x81]]) {
        read(Buffer.from(cut), type);
        assert.deepEqual(read(Buffer.from('a\0b\0'), type), good, charset);
      }
    }
  });

  it('leaves out names of prototypes, however they are written', () => {
    for (const name of ['__proto__', '\\u005f_proto__', '__pr\\u006fto__', '__proto_\\u005F'])
      assert.deepEqual(read(`{"a":1,"${name}":{"admin":true}}`, 'application/json')[1], { a: 1 });
    for (const name of ['constructor', '\\u0063onstructor', 'constructo\\u0072'])
      assert.deepEqual(read(`{"a":1,"${name}":{"prototype":{"admin":true}}}`, 'application/json')[1], { a: 1 });
    const plain = 'the __proto__ and the constructor';
    assert.deepEqual(read(JSON.stringify({ plain }), 'application/json')[1], { plain });
  });

  it('reads other charsets, and says when the bytes are not what they claim', () => {
    assert.deepEqual(read(Buffer.from('caf\u00e9', 'latin1'), 'text/plain; charset=iso-8859-1'), [
      'text',
      'café',
      undefined,
    ]);
    assert.deepEqual(read(Buffer.from([0x61, 0xff]), 'text/plain'), [
      'text',
      'a\ufffd',
      'The body is not valid UTF-8.',
    ]);
    assert.deepEqual(read('a', 'text/plain; charset=klingon'), ['text', 'a', 'The charset `klingon` is not known.']);
  });

  it('reads XML in the encoding that it declares itself, unless the headers name another', () => {
    const xml = Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><a>caf\u00e9</a>', 'latin1');
    assert.deepEqual(read(xml, 'application/xml'), ['xml', { a: 'café' }, undefined]);
    assert.match(read(xml, 'application/xml; charset=utf-8')[2] ?? '', /not valid UTF-8/);
  });

  it('reads what begins with a byte order mark as that says', () => {
    const json = Buffer.from('\ufeff{"a":"é"}', 'utf16le');
    assert.deepEqual(read(json, 'application/json'), ['json', { a: 'é' }, undefined]);
    assert.deepEqual(read(Buffer.from(json).swap16(), 'application/json'), ['json', { a: 'é' }, undefined]);
  });

  it('calls bytes that are no text binary, and nothing empty', () => {
    assert.deepEqual(read(Buffer.from([0x89, 0x50, 0xff]), 'application/octet-stream'), [
      'binary',
      undefined,
      'The body is not text.',
    ]);
    assert.deepEqual(read('', 'application/json'), ['empty', undefined, undefined]);
    assert.deepEqual(read(' \n', 'application/json'), ['empty', undefined, undefined]);
  });

  it('parses when somebody asks, and once', () => {
    const delivery = parseDelivery(aDelivery('{"a":1}'));
    assert.equal(delivery.payload, delivery.payload);
  });

  it('never throws, whatever bytes come under whatever type', () => {
    const types = fc.oneof(
      fc.string(),
      fc.constantFrom(
        'application/json',
        'text/xml',
        FORM,
        'multipart/form-data; boundary=-',
        'text/plain; charset=utf-16',
      ),
    );
    const bodies = fc.oneof(
      fc.uint8Array(),
      fc.json(),
      fc.string({ unit: anyCharacter }),
      fc.stringMatching(/^[<>&!?\-[\]{}"'=a-c \\:,]*$/),
    );
    fc.assert(
      fc.property(bodies, types, (body, type) => {
        const [format] = read(Buffer.from(body as string), type);
        assert.ok(['json', 'form', 'xml', 'text', 'binary', 'empty'].includes(format));
      }),
      { numRuns: runs(500) },
    );
  });
});

const FORM = 'application/x-www-form-urlencoded';

function aDelivery(body: string | Buffer, contentType?: string) {
  const headers = contentType === undefined ? {} : { 'content-type': contentType };
  return {
    method: 'POST',
    url: '/',
    headers,
    query: {},
    body: Buffer.from(body),
    receivedAt: new Date(0),
    remoteAddress: '192.0.2.1',
  };
}

function read(body: string | Buffer, contentType?: string) {
  const { format, payload, problem } = parseDelivery(aDelivery(body, contentType));
  return [format, payload, problem] as const;
}
