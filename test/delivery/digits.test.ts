import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parseJson } from '../../src/core/delivery/parse-json.ts';
import { toJson } from '../../src/core/delivery/to-json.ts';
import { runs } from '../runs.ts';
import { aWorld, type World } from '../world.ts';

/** JSON texts whose integers have up to forty digits, with what surrounds them. */
const integer = fc.stringMatching(/^-?[1-9]\d{0,39}$/);
const { json } = fc.letrec<{ json: string }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    integer,
    fc.constantFrom(
      'true',
      'null',
      '"8412345678901234567"',
      '"text, 12345678901234567:"',
      '0.00042',
      '41.83726451937264',
    ),
    fc.array(tie('json'), { maxLength: 4 }).map((items) => `[${items.join(',')}]`),
    fc
      .array(fc.tuple(fc.stringMatching(/^[a-z]{1,8}\d{0,2}$/), tie('json')), { maxLength: 4 })
      .map((pairs) => `{${Array.from(new Map(pairs), ([name, value]) => `"${name}":${value}`).join(',')}}`),
  ),
}));

describe('an integer of any length', () => {
  it('keeps its digits when it is read and written', () => {
    fc.assert(
      fc.property(json, (text) => {
        const outcome = parseJson(text);
        assert.equal(outcome.ok && toJson(outcome.payload), text);
      }),
      { numRuns: runs(500) },
    );
  });

  it('keeps its digits in the API and in the payload that chat shows', async () => {
    await using world = await aWorld();
    const endpoint = await world.endpoint('generic');
    let number = 0;
    await fc.assert(
      fc.asyncProperty(json, async (text) => {
        const body = `{"n":${++number},"value":${text}}`;
        await world.deliver(endpoint, { body });
        const { event } = (await world.call<{ event: { body: { text: string } } }>(`/api/v1/events/${number}`)).json;
        assert.equal(event.body.text, body);
        assert.equal(compact((await payloadOf(world, number)).join('\n')), body);
      }),
      { numRuns: runs(25) },
    );
  });

  it('keeps its digits in a message, wherever a template puts it', async () => {
    await using world = await aWorld();
    const template =
      '{{title id}}{{id}} {{number id}} {{money id "usd"}} {{json this indent=0}} {{sum list}} {{#if (eq id "8412345678901234567")}}same{{/if}}';
    const preview = await world.call<{ message: { title: { text: string }; body: string } }>('/api/v1/preview', {
      method: 'POST',
      body: { provider: 'generic', template, body: '{"id":8412345678901234567,"list":[8412345678901234567,1]}' },
    });
    const { title, body } = preview.json.message;
    assert.equal(title.text, '8412345678901234567');
    assert.equal(
      body.replaceAll('\\', ''),
      '8412345678901234567 8,412,345,678,901,234,567 $84,123,456,789,012,345.67 ' +
        '{"id":8412345678901234567,"list":[8412345678901234567,1]} 8412345678901234568 same',
    );
  });

  it('keeps its digits in links, subjects and facts', async () => {
    await using world = await aWorld();
    const shopify = await world.endpoint('shopify', 'secret=theirs-0123456789');
    const body = '{"id":820982911946154508,"name":"#1001","total_price":"10.00","currency":"USD","line_items":[]}';
    const headers = { 'x-shopify-topic': 'orders/create', 'x-shopify-shop-domain': 'acme.myshopify.com' };
    await world.deliver(shopify, { body, headers });
    const generic = await world.endpoint('generic', 'in #facts');
    await world.deliver(generic, { body: '{"title":"Transfer done","order_number":8412345678901234567}' });
    const incident = '{"id":9007199254740993,"title":"Disk full","status":"open"}';
    await world.deliver(generic, { body: `{"event":"incident.opened","incident":${incident}}` });
    await world.settled();
    const abouts = (await world.events()).map(({ about }) => about as { url?: string; subject?: string } | null);
    assert.equal(abouts[2]?.url, 'https://acme.myshopify.com/admin/orders/820982911946154508');
    assert.equal(abouts[0]?.subject, 'incident:9007199254740993');
    assert.match(JSON.stringify(await world.messages('facts')), /8412345678901234567/);
  });

  it('keeps its digits when a program previews a payload', async () => {
    await using world = await aWorld();
    const response = await fetch(`${world.publicUrl}/api/v1/preview`, {
      method: 'POST',
      headers: { authorization: `Bearer ${world.app.adminToken}`, 'content-type': 'application/json' },
      body: '{"provider":"generic","payload":{"title":"Hello","order_number":8412345678901234567}}',
    });
    assert.match(await response.text(), /8412345678901234567/);
  });

  it('is a moment where it counts nanoseconds', async () => {
    await using world = await aWorld();
    await world.deliver(await world.endpoint('generic'), { body: '{"title":"Hello","timestamp":1764237600123456789}' });
    await world.settled();
    assert.equal((await world.events())[0]?.about && (await aboutOf(world)).occurredAt, '2025-11-27T10:00:00.123Z');
  });

  it('is text where it is longer than anybody counts', () => {
    const digits = '7'.repeat(5_000);
    assert.deepEqual(parseJson(`[${digits}]`), { ok: true, payload: [digits] });
  });

  for (const broken of [
    '{12345678901234567:1}',
    '{12345678901234567 : 1}',
    '[012345678901234567]',
    '[1 12345678901234567]',
    '12345678901234567x',
  ])
    it(`does not make valid what is not: ${broken}`, () => {
      assert.equal(parseJson(broken).ok, false);
    });

  it('makes no prototype, and leaves what looks like a number in a text alone', () => {
    const outcome = parseJson('{"__proto__":{"a":12345678901234567},"ok":"12345678901234567, \\"12345678901234568"}');
    assert.deepEqual(outcome, { ok: true, payload: { ok: '12345678901234567, "12345678901234568' } });
  });
});

describe('a number with a fraction', () => {
  it('keeps its value in what is read, and is never 0 where it is not 0', async () => {
    await using world = await aWorld();
    const template = '{{title "x"}}{{number small}}|{{number tiny}}|{{number long}}|{{number zero}}|{{number large}}';
    const preview = await world.call<{ message: { body: string } }>('/api/v1/preview', {
      method: 'POST',
      body: {
        provider: 'generic',
        template,
        body: '{"small":0.00042310509853,"tiny":1e-07,"long":41.83726451937264,"zero":0,"large":12345.6789}',
      },
    });
    assert.equal(preview.json.message.body.replaceAll('\\', ''), '0.000423|0.0000001|41.837|0|12,345.679');
  });

  it('is shown among the facts with as many digits as people read', async () => {
    await using world = await aWorld();
    const payload = { title: 'Backup is old', value: 41.83726451937264, load: 0.30000000000000004 };
    await world.deliver(await world.endpoint('generic', 'in #ops'), { payload });
    await world.settled();
    const text = JSON.stringify((await world.messages())[0]);
    assert.match(text, /41\.837/);
    assert.doesNotMatch(text, /41\.83726|0\.3000/);
  });
});

async function aboutOf(world: World): Promise<{ occurredAt?: string }> {
  return (await world.call<{ event: { about: { occurredAt?: string } } }>('/api/v1/events/1')).json.event.about;
}

/** Every page of what chat shows of an event's payload. */
async function payloadOf(world: World, id: number): Promise<readonly string[]> {
  const pages: string[] = [];
  for (let page = 1, last = 1; page <= last; page++) {
    const { data } = await world.type(`/webhook payload ${id} page=${page}`);
    pages.push(String(data.text));
    last = Number(data.pages);
  }
  return pages;
}

/** JSON without the space between its parts. */
function compact(text: string): string {
  return text.replace(/("(?:[^"\\]|\\.)*")|\s+/g, (_whole, string = '') => string);
}
