import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { describe, it } from 'node:test';
import { aDiscord, aLocal, aSlack } from './places.ts';
import { aScene } from './story.ts';

const BODY = '{"event":"door.opened"}';
const SECRET = 'a-secret-of-the-sender';
const PROOF = createHmac('sha256', SECRET).update(BODY).digest('base64');

const places = {
  'the page': aLocal,
  Slack: () => aSlack('sockets'),
  Discord: () => aDiscord('gateway'),
};

describe('a scheme that nobody knows', () => {
  for (const [name, open] of Object.entries(places))
    it(`is made in a form, found from a refused delivery, and set by a button, on ${name}`, async () => {
      const place = await open();
      try {
        const { say, fill, press } = aScene(place.chat, place.world);
        const scheme = { choices: 'header=x-acme digest=sha256 encoding=hex', secret: SECRET, as: 'acme' };
        const made = await fill('/webhook new custom', scheme, /acme.*is ready/s);
        assert.match(made.text, /header=x-acme/);
        const [url = ''] = /https?:[^"`\s|>]+\/in\/[\w-]+/.exec(made.text) ?? [];
        const send = async () =>
          (await fetch(url, { method: 'POST', headers: { 'x-acme': PROOF }, body: BODY })).status;
        assert.equal(await send(), 401);
        const why = await say('/webhook why acme', /does not hold a sha256 in hex/);
        const found = await press(why, /^Find the scheme/, /wrong encoding: it is written in.{0,20}base64/s);
        assert.doesNotMatch(found.text, new RegExp(SECRET));
        await press(found, /^Use this scheme/, /takes deliveries of Custom sender/s);
        assert.equal(await send(), 202);
      } finally {
        await place.close();
      }
    });
});
