import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { aPush, aWorld, type Endpoint, type World } from '../world.ts';

describe('/webhook diff', () => {
  let world: World;
  let lamp: Endpoint;
  before(async () => {
    world = await aWorld();
    lamp = await world.endpoint('generic', 'in #ops as lamp');
  });
  after(() => world[Symbol.asyncDispose]());

  async function send(payload: object): Promise<string> {
    await fetch(lamp.url, { method: 'POST', body: JSON.stringify(payload) });
    await world.settled();
    return (await world.events('limit=1'))[0]?.id ?? assert.fail('nothing was kept');
  }

  it('shows by path what is gone, new, of another kind or changed, from the event before of the same type', async () => {
    const lit = { event: 'lamp.lit', title: 'Lit', watts: 40, room: { name: 'Hall' }, old: 1, tags: ['a', 'b'] };
    const was = await send({ ...lit, nonce: 1 });
    await send({ event: 'door.opened', title: 'Other', nonce: 2 });
    const is = await send({
      ...lit,
      title: 'Lit again',
      watts: 'forty',
      room: { name: 'Yard', floor: 0 },
      old: undefined,
      tags: ['b', 'c'],
      nonce: 3,
    });
    const { text, data } = await world.type(`/webhook diff ${is}`);
    assert.equal(data.other, was);
    for (const line of [
      '- old: 1',
      '- tags.*: "a"',
      '+ tags.*: "c"',
      '+ room.floor: 0',
      '! watts: number 40 → text "forty"',
      '~ title: "Lit" → "Lit again"',
      '~ room.name: "Hall" → "Yard"',
    ])
      assert.ok(text.includes(line), `${line}\n${text}`);
    assert.doesNotMatch(text, /event:/);
    assert.deepEqual((await world.type(`/webhook diff ${was} ${is}`)).data.differences, data.differences);
  });

  it('without an event is of the last one that was posted in the channel', async () => {
    await send({ event: 'lamp.out', title: 'Out', watts: 1, nonce: 4 });
    const last = await send({ event: 'lamp.out', title: 'Out', watts: 2, nonce: 5 });
    const { text, data } = await world.type('/webhook diff');
    assert.equal(data.event, last);
    assert.match(text, /~ watts: 1 → 2/);
    const nothing = await world.type('/webhook diff', { channel: 'elsewhere' });
    assert.match(nothing.text, /Nothing was posted here yet\. .*history/);
  });

  it('takes the event before of the same subject where there is one', async () => {
    const api = await world.endpoint('github', 'in #ops as api');
    const issue = (number: number, action: string, id: string) => ({
      headers: { 'x-github-event': 'issues', 'x-github-delivery': id },
      payload: {
        action,
        issue: {
          number,
          title: `Door ${number}`,
          html_url: `https://github.com/acme/api/issues/${number}`,
          user: { login: 'mona' },
        },
        repository: { full_name: 'acme/api', html_url: 'https://github.com/acme/api' },
        sender: { login: 'mona' },
      },
    });
    await world.deliver(api, issue(1, 'opened', 'i1'));
    await world.deliver(api, issue(2, 'opened', 'i2'));
    await world.deliver(api, issue(1, 'closed', 'i3'));
    await world.settled();
    const [last] = await world.events('limit=1');
    const { text } = await world.type(`/webhook diff ${last?.id}`);
    assert.match(text, /~ action: "opened" → "closed"/);
    assert.match(text, /1 difference/);
  });

  it('masks secrets, and names no value of theirs', async () => {
    await send({ event: 'key.made', api_key: 'sk-first-0123456789', name: 'one', nonce: 1 });
    const id = await send({ event: 'key.made', api_key: 'sk-second-987654321', name: 'two', nonce: 2 });
    const { text, data } = await world.type(`/webhook diff ${id}`);
    assert.match(text, /~ name: "one" → "two"/);
    assert.doesNotMatch(text + JSON.stringify(data), /sk-first|sk-second/);
  });

  it('compares items of lists by their ids, wherever they stand', async () => {
    await send({
      event: 'list.made',
      items: [
        { id: 'x', n: 1 },
        { id: 'y', n: 2 },
      ],
      nonce: 1,
    });
    const id = await send({
      event: 'list.made',
      items: [
        { id: 'z', n: 3 },
        { id: 'x', n: 5 },
      ],
      nonce: 2,
    });
    const { text } = await world.type(`/webhook diff ${id}`);
    for (const line of ['- items.[id=y]: {"id":"y","n":2}', '+ items.[id=z]:', '~ items.[id=x].n: 1 → 5'])
      assert.ok(text.includes(line), text);
  });

  it('says so where there is nothing to compare it with, and knows no event that is not there', async () => {
    const id = await send({ event: 'alone.here', title: 'Alone' });
    assert.match((await world.type(`/webhook diff ${id}`)).text, /first of its subject and of its type/);
    assert.deepEqual((await world.type(`/webhook diff ${id} 99999`)).data, { code: 'not_found', field: 'other' });
  });

  it('stays within bounds for payloads with tens of thousands of fields', async () => {
    const large = (value: number) => ({
      event: 'large.sent',
      nonce: value,
      fields: Object.fromEntries(Array.from({ length: 40_000 }, (_, index) => [`f${index}`, value])),
    });
    await send(large(1));
    const id = await send(large(2));
    const { text, data } = await world.type(`/webhook diff ${id}`);
    assert.match(text, /500 differences and more/);
    assert.equal(data.partial, true);
  });

  it('is there for programs, and for an event of any kind', async () => {
    const api = await world.endpoint('github', 'in #ops as pushes');
    await world.deliver(api, aPush({ message: 'One' }));
    await world.deliver(api, aPush({ message: 'Two' }));
    await world.settled();
    const [last] = await world.events('limit=1');
    const { status, json } = await world.call<{ other: { id: string }; differences: { line: string }[] }>(
      `/api/v1/events/${last?.id}/diff`,
    );
    assert.equal(status, 200);
    assert.ok(json.differences.some(({ line }) => line === '~ commits.[id=b123456789].message: "One" → "Two"'));
    assert.equal((await world.call(`/api/v1/events/${last?.id}/diff?other=99999`)).status, 404);
  });
});
