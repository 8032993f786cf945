import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aPush, signed } from '../world.ts';
import { aDiscord, aLocal, aSlack } from './places.ts';
import { aScene } from './story.ts';

const places = {
  'the page': aLocal,
  Slack: () => aSlack('sockets'),
  Discord: () => aDiscord('gateway'),
};

const STRIPE = 'whsec_made-by-the-sender-1234';

/** Sends as one provider would. */
async function send(
  provider: string,
  url: string,
  secret: string,
  { headers = {}, payload = {} }: Partial<ReturnType<typeof aPush>>,
) {
  const body = Buffer.from(JSON.stringify(payload));
  const all = signed({ provider, url }, { headers, body, secret });
  return (await fetch(url, { method: 'POST', headers: all, body: new Uint8Array(body) })).status;
}

const urlIn = (text: string) => /https?:[^"`\s|>]+\/in\/[\w-]+/.exec(text)?.[0] ?? '';

describe('an endpoint for a sender that nobody named', () => {
  for (const [name, open] of Object.entries(places))
    it(`waits, says who it looks like, and is confirmed by buttons and a form, on ${name}`, async () => {
      const place = await open();
      try {
        const { say, fill, press, watch } = aScene(place.chat, place.world);
        const made = await fill('/webhook new', [{}, { as: 'hub' }], /hub.*waits for its first delivery/s);
        const url = urlIn(made.text);
        const notice = await watch(
          async () =>
            assert.equal(await send('github', url, 'not-known-here', aPush({ message: 'Mend the lamp' })), 202),
          /the first delivery is here/,
        );
        assert.doesNotMatch(notice.text, /Mend the lamp/);
        const look = await press(notice, /^Look at it/, /its message would be.*Mend the lamp/s);
        const named = await press(look, /^It is GitHub/, /now accepts webhooks from GitHub/);
        const [secret = ''] = /\b[0-9a-f]{64}\b/.exec(named.text) ?? [];
        await watch(
          async () => assert.equal(await send('github', url, secret, aPush({ message: 'Paint the door' })), 202),
          /Paint the door/,
        );

        const shop = urlIn((await say('/webhook new in #ops as shop', /shop.*waits for its first delivery/s)).text);
        const payment = {
          id: 'evt_1',
          object: 'event',
          type: 'invoice.paid',
          data: { object: { object: 'invoice', id: 'in_1' } },
        };
        const paid = await watch(
          () => send('stripe', shop, STRIPE, { payload: payment }),
          /shop: the first delivery is here/,
        );
        assert.ok(
          paid.labels.some((label) => label.startsWith('It is Stripe')),
          paid.labels.join(),
        );
        const taken = await say(`/webhook sender shop stripe secret=${STRIPE}`, /The held delivery was accepted/);
        assert.doesNotMatch(taken.text, new RegExp(STRIPE));
      } finally {
        await place.close();
      }
    });
});
