import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { eventually } from './chat.ts';
import { aDiscord, aLocal, aSlack } from './places.ts';

const places = {
  'the page': aLocal,
  Slack: () => aSlack('sockets'),
  Discord: () => aDiscord('gateway'),
};

describe('the form of a new endpoint', () => {
  for (const [name, open] of Object.entries(places))
    it(`asks who sends, and then only for what that provider has, on ${name}`, async () => {
      const place = await open();
      try {
        const { chat, world } = place;
        await chat.fill('/webhook new', { provider: 'generic' }, { as: 'acme', verify: 'hmac', header: 'x-acme' });
        const made = await eventually(
          async () => (await chat.seen()).find(({ text }) => /acme.*is ready/s.test(text)),
          'the endpoint',
        );
        assert.match(made.text, /x-acme/);
        const { json } = await world.call<{ endpoints: readonly { options: object }[] }>('/api/v1/endpoints');
        assert.deepEqual(json.endpoints.at(0)?.options, { verify: 'hmac', header: 'x-acme' });
      } finally {
        await place.close();
      }
    });
});
