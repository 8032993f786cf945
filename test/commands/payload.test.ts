import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aWorld } from '../world.ts';

describe('/webhook payload', () => {
  it('shows what an event carried, page by page, leaving nothing out', async () => {
    await using world = await aWorld();
    const endpoint = await world.endpoint('generic', 'in #ops');
    const payload = {
      title: 'Long',
      lines: Array.from({ length: 300 }, (_, index) => `line ${index} of \`\`\`many\`\`\``),
    };
    await world.deliver(endpoint, { payload });
    await world.settled();
    const texts: string[] = [];
    let reply = await world.type('/webhook payload 1');
    for (;;) {
      texts.push(reply.data.text as string);
      if (!reply.message.actions.some(({ label }) => label === 'Next')) break;
      reply = await world.click(reply, /Next/);
    }
    assert.ok(texts.length > 3);
    assert.deepEqual(JSON.parse(texts.join('\n')), payload);
  });

  it('says what cannot be shown, and which page there is not', async () => {
    await using world = await aWorld();
    const endpoint = await world.endpoint('generic');
    await world.deliver(endpoint, { body: '' });
    await world.deliver(endpoint, { body: 'hello', headers: { 'content-type': 'text/plain' } });
    assert.match((await world.type('/webhook payload 1')).text, /Its body was empty/);
    assert.match((await world.type('/webhook payload 2 page=9')).text, /There is no page 9\. Choose one from 1 to 1/);
  });

  it('is behind a button of every event’s message', async () => {
    await using world = await aWorld();
    const endpoint = await world.endpoint('generic', 'in #ops');
    await world.deliver(endpoint, { payload: { title: 'Hello' } });
    await world.settled();
    const [message] = await world.messages();
    assert.ok(message);
    assert.match((await world.click(message, /Show payload/)).text, /"title": "Hello"/);
  });
});
