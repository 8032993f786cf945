import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { createSecretMask } from '../../src/core/settings/secret-mask.ts';
import { emptySettings } from '../../src/core/settings/settings.ts';
import { isSecretName } from '../../src/core/text/secret-name.ts';
import { createTextFinder } from '../../src/core/text/text-finder.ts';
import { runs } from '../runs.ts';
import { aWorld, type Endpoint, type World } from '../world.ts';

describe('our own secrets in a delivery', () => {
  it('are hidden wherever they stand, from whoever looks: GitHub sends the URL along in its ping', async () => {
    await using world = await aWorld();
    const endpoint = await world.endpoint('github', 'in #ops');
    const token = tokenOf(endpoint);
    await world.deliver(endpoint, {
      payload: { zen: endpoint.url, hook_id: 1, hook: { config: { url: endpoint.url } }, sender: { login: token } },
      headers: {
        'x-github-event': 'ping',
        'x-github-delivery': `id-${token}`,
        'x-forwarded-uri': `/in/${token}`,
        referer: endpoint.url,
      },
    });
    await world.settled();
    const shown = await everythingShown(world, '1');
    assert.ok(!shown.includes(token), excerpt(shown, token));
    assert.match(shown, /\/in\/••••/);
  });

  it('are those of every endpoint, signing secrets and the admin token too', async () => {
    await using world = await aWorld();
    const [endpoint, other] = [await world.endpoint('generic', 'in #ops'), await world.endpoint('github')];
    const secrets = [tokenOf(other), other.secret, world.app.adminToken];
    await world.deliver(endpoint, {
      payload: { title: secrets.join(' '), list: [{ [secrets[0] ?? '']: secrets[1] }] },
    });
    await world.settled();
    const shown = await everythingShown(world, '1');
    for (const secret of secrets) assert.ok(!shown.includes(secret), excerpt(shown, secret));
  });

  const spelled: Readonly<Record<string, (secret: string) => { body: string; type: string }>> = {
    'JSON with escaped slashes': (secret) => ({
      body: JSON.stringify({ title: secret }).replaceAll('/', '\\/'),
      type: 'json',
    }),
    'JSON with escapes for letters': (secret) => ({
      body: `{"title":"${Array.from(secret, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')}"}`,
      type: 'json',
    }),
    'a form': (secret) => ({ body: new URLSearchParams({ title: secret }).toString(), type: 'x-www-form-urlencoded' }),
    'a form that encodes everything': (secret) => ({
      body: `title=${Array.from(secret, (letter) => `%${letter.charCodeAt(0).toString(16)}`).join('')}`,
      type: 'x-www-form-urlencoded',
    }),
    'a form that nobody calls one': (secret) => ({ body: `title=${encodeURIComponent(`a ${secret}`)}`, type: 'text' }),
    'JSON with some slashes escaped': (secret) => ({
      body: JSON.stringify({ title: secret }).replace('/', '\\/'),
      type: 'json',
    }),
    XML: (secret) => ({ body: `<a><title>${secret}</title></a>`, type: 'xml' }),
    'broken JSON': (secret) => ({ body: `{"title":"${secret}`, type: 'json' }),
    'bytes that are no text': (secret) => ({ body: `\u0000\u00ff${secret}`, type: 'octet-stream' }),
  };
  for (const [kind, write] of Object.entries(spelled))
    it(`are hidden in ${kind}`, async () => {
      await using world = await aWorld();
      const secret = `whsec_${randomBytes(24).toString('base64')}+/a/=`;
      await world.endpoint('stripe', `secret=${secret}`);
      const endpoint = await world.endpoint('generic', 'in #ops');
      const { body, type } = write(secret);
      await world.deliver(endpoint, {
        body: Buffer.from(body, 'latin1'),
        headers: { 'content-type': `application/${type}` },
      });
      await world.settled();
      const shown = await everythingShown(world, '1');
      for (const way of [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)])
        assert.ok(!shown.includes(way), excerpt(shown, way));
      // Bytes that are no text are shown as Latin-1 above.
      assert.match(shown, /••••|(?:â\u0080¢){4}/);
    });

  it('stay in the bytes that are kept: a replay is the delivery that came', async () => {
    await using world = await aWorld();
    const endpoint = await world.endpoint('generic', 'in #ops');
    const body = JSON.stringify({ title: 'It came', url: endpoint.url });
    await world.deliver(endpoint, { body });
    await world.settled();
    await world.type('/webhook replay 1');
    await world.settled();
    assert.equal((await world.messages()).length, 2);
  });

  it('never make another event the same: what is hidden in an id still counts', async () => {
    await using world = await aWorld();
    const [endpoint, other] = [await world.endpoint('generic'), await world.endpoint('github')];
    for (const secret of [tokenOf(endpoint), tokenOf(other)])
      assert.equal((await world.deliver(endpoint, { headers: { 'x-delivery-id': secret } })).status, 202);
    const ids = (await world.events()).map(({ deliveryId }) => deliveryId);
    assert.deepEqual(ids, ['••••', '••••']);
  });

  it('are not kept with what was refused', async () => {
    await using world = await aWorld();
    const endpoint = await world.endpoint('github');
    await fetch(endpoint.url, { method: 'POST', body: endpoint.url, headers: { referer: endpoint.url } });
    const { json } = await world.call<object>('/api/v1/refusals');
    assert.ok(!JSON.stringify(json).includes(tokenOf(endpoint)));
  });

  it('are found anywhere in headers, query and body, and everything else stays', async () => {
    await using world = await aWorld();
    const [endpoint, other] = [await world.endpoint('generic'), await world.endpoint('github')];
    const word = fc.stringMatching(/^[a-z]{0,12}$/);
    const part = fc.oneof(word, fc.constantFrom(tokenOf(endpoint), other.secret, `/in/${tokenOf(other)}`));
    const text = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(''));
    let number = 0;
    await fc.assert(
      fc.asyncProperty(text, text, fc.jsonValue(), text, async (header, parameter, value, inside) => {
        const payload = { number: ++number, value, inside };
        await world.deliver(
          { ...endpoint, url: `${endpoint.url}?q=${encodeURIComponent(parameter)}` },
          { payload, headers: { 'x-anything': header } },
        );
        const id = (await world.events('limit=1'))[0]?.id ?? '';
        const shown = await everythingShown(world, id);
        for (const secret of [tokenOf(endpoint), tokenOf(other), other.secret])
          assert.ok(!shown.includes(secret), excerpt(shown, secret));
        if (!inside.match(/\/in\/|.{40}/)) assert.ok(shown.includes(inside));
      }),
      { numRuns: runs(25) },
    );
  });
});

describe('credentials by their names', () => {
  it('are not kept, in headers and in the query', async () => {
    await using world = await aWorld();
    const endpoint = await world.endpoint('generic');
    const names = ['x-auth', 'x-jwt', 'x-pass', 'x-credential', 'x-my-api-key', 'x-session-id', 'authorization'];
    await world.deliver(
      { ...endpoint, url: `${endpoint.url}?pass=hunter2&jwt=hunter2&accessToken=hunter2&page=7` },
      { payload: { a: 1 }, headers: Object.fromEntries(names.map((name) => [name, 'hunter2'])) },
    );
    const shown = await everythingShown(world, '1');
    assert.ok(!shown.includes('hunter2'), excerpt(shown, 'hunter2'));
    assert.match(shown, /"page":"7"/);
  });

  it('are known by the words in them', () => {
    for (const name of 'x-hub-signature-256 X-Gitlab-Token pwd smtp_pass clientSecret api_key otp Cookie x-functions-key'.split(
      ' ',
    ))
      assert.ok(isSecretName(name), name);
  });

  it('are not what only sounds like it', () => {
    for (const name of 'x-event-key idempotency-key author x-github-delivery issue_key compass page status_code monkey'.split(
      ' ',
    ))
      assert.ok(!isSecretName(name), name);
  });
});

describe('a mask of secrets', () => {
  const mask = (...secrets: string[]) => createSecretMask({ current: emptySettings }, secrets);

  it('hides a short secret only where it stands alone, and never an ordinary word', () => {
    const { text } = mask('hunter2!', 'deploy', 'Production');
    assert.equal(text('deploy to Production with hunter2!'), 'deploy to Production with ••••');
    assert.equal(text('myhunter2!'), 'myhunter2!');
  });

  it('gives back the very same payload and bytes where there is nothing to hide', () => {
    const { payload, bytes } = mask('a-secret-of-twenty-characters');
    const [given, body] = [{ a: [{ b: 'c' }] }, Buffer.from('nothing')];
    assert.equal(payload(given), given);
    assert.equal(bytes(body), body);
  });

  it('leaves what was given as it was, and the order of its names', () => {
    const secret = 'a-secret-of-twenty-characters';
    const given = { first: 1, [`x-${secret}`]: 2, last: { deep: [[secret]] } };
    const before = structuredClone(given);
    assert.deepEqual(mask(secret).payload(given), { first: 1, 'x-••••': 2, last: { deep: [['••••']] } });
    assert.deepEqual(given, before);
  });

  it('follows the settings', () => {
    const settings = { current: emptySettings };
    const { text } = createSecretMask(settings);
    const endpoint = {
      id: '1',
      name: 'a',
      provider: 'github',
      secrets: [],
      options: {},
      routes: [],
      owners: [],
      createdAt: '',
    };
    const token = randomBytes(32).toString('base64url');
    assert.equal(text(token), token);
    settings.current = { ...emptySettings, endpoints: [{ ...endpoint, token }] };
    assert.equal(text(token), '••••');
  });
});

describe('a search for many texts', () => {
  it('finds what a search for each of them finds first', () => {
    const word = fc.stringMatching(/^[ab]{4,9}$/);
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 1, maxLength: 6 }),
        fc.stringMatching(/^[abc]{0,60}$/),
        (needles, text) => {
          const starts = needles.map((needle) => text.indexOf(needle)).filter((start) => start >= 0);
          const found = createTextFinder(needles).next(text, 0);
          assert.equal(found?.start, starts.length ? Math.min(...starts) : undefined);
          if (found) assert.ok(needles.includes(text.slice(found.start, found.end)));
        },
      ),
      { numRuns: runs(1_000) },
    );
  });
});

function tokenOf({ url }: Endpoint): string {
  return url.split('/in/')[1] ?? '';
}

/** All that commands, the API and the channel say of an event, with bytes in Base64 as what they are. */
async function everythingShown(world: World, id: string): Promise<string> {
  const { json } = await world.call<{ event: { body: { base64?: string } } }>(`/api/v1/events/${id}`);
  const shown = [
    json,
    Buffer.from(json.event.body.base64 ?? '', 'base64').toString('latin1'),
    await world.events(),
    await world.messages(),
    ...(await Promise.all(
      [`event ${id}`, `payload ${id}`, `why ${id}`, 'history'].map((text) => world.type(`/webhook ${text}`)),
    )),
  ];
  return JSON.stringify(shown);
}

function excerpt(text: string, part: string): string {
  const place = text.indexOf(part);
  return text.slice(Math.max(0, place - 200), place + 100);
}
