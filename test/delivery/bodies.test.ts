import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parseDelivery } from '../../src/core/delivery/parse-delivery.ts';

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

  it('takes the JSON inside a form field for the payload', () => {
    assert.deepEqual(read(`payload=${encodeURIComponent('{"a":1}')}`, FORM), ['form', { a: 1 }, undefined]);
    assert.deepEqual(read('json=%5B1%5D', FORM), ['form', [1], undefined]);
    const [format, payload, problem] = read('payload=%7Bbroken', FORM);
    assert.deepEqual([format, payload], ['form', { payload: '{broken' }]);
    assert.match(problem ?? '', /looks like JSON and is not/);
  });

  it('reads JSON that a command-line tool called a form', () => {
    assert.deepEqual(read('{"a":"b&c=d"}', FORM), ['json', { a: 'b&c=d' }, undefined]);
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
      fc.string({ unit: 'binary' }),
      fc.stringMatching(/^[<>&!?\-[\]{}"'=a-c \\:,]*$/),
    );
    fc.assert(
      fc.property(bodies, types, (body, type) => {
        const [format] = read(Buffer.from(body as string), type);
        assert.ok(['json', 'form', 'xml', 'text', 'binary', 'empty'].includes(format));
      }),
      { numRuns: 500 },
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
