import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { discordPings, validateDiscordMessage } from '../doubles/discord/limits.ts';
import { slackPings, validateSlackMessage } from '../doubles/slack/limits.ts';
import { runs } from '../runs.ts';
import { aWorld, type Endpoint, type World } from '../world.ts';

const JSON_TYPE = { 'content-type': 'application/json' };

async function post(url: string, body: unknown, headers: Readonly<Record<string, string>> = JSON_TYPE) {
  const response = await fetch(url, {
    method: 'POST',
    headers,
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const type = response.headers.get('content-type') ?? '';
  return { status: response.status, type: type.split(';')[0], text: await response.text() };
}

async function told(world: World) {
  await world.settled();
  return world.messages();
}

describe('an endpoint for senders that know only Slack', () => {
  it('answers as Slack does: ok, or what is wrong in one word, with the reason for the owner', async () => {
    await using world = await aWorld();
    const { url } = await world.endpoint('slack-compatible', 'in #ops');
    assert.deepEqual(await post(url, { text: 'Hello' }), { status: 200, type: 'text/plain', text: 'ok' });
    for (const [body, word] of [
      [{ text: '' }, 'no_text'],
      [{}, 'no_text'],
      [{ blocks: [], attachments: [] }, 'no_text'],
      ['{"text": "torn', 'invalid_payload'],
      ['"a text"', 'invalid_payload'],
      [[{ text: 'Hello' }], 'invalid_payload'],
      [{ text: 'Hello', blocks: 'none' }, 'invalid_blocks'],
      [{ text: 'Hello', attachments: {} }, 'invalid_attachments'],
      [{ attachments: Array.from({ length: 101 }, () => ({ text: 'x' })) }, 'too_many_attachments'],
    ] as const)
      assert.deepEqual(await post(url, body), { status: 400, type: 'text/plain', text: word });
    assert.equal((await world.events()).length, 1);
    assert.match(
      (await world.refusals())[0]?.reason ?? '',
      /100 attachments, so it was answered `too_many_attachments`/,
    );
  });

  it('answers in plain words what no service would take, and in Bellhop’s own where there is no endpoint', async () => {
    await using world = await aWorld();
    const { url } = await world.endpoint('slack-compatible');
    const got = await fetch(url);
    assert.deepEqual([got.status, await got.text()], [405, 'method_not_allowed']);
    const large = await post(url, { text: 'x'.repeat(6_000_000) });
    assert.deepEqual([large.status, large.text], [413, 'too_large']);
    assert.match((await post(`${world.publicUrl}/in/nobody`, { text: 'Hello' })).text, /"code":"not_found"/);
    assert.equal((await post(`${url}/slack`, { text: 'Hello' })).status, 404);
  });

  it('takes JSON, and a form whose `payload` holds it', async () => {
    await using world = await aWorld();
    const { url } = await world.endpoint('slack-compatible', 'in #ops');
    await post(url, { text: 'As JSON' });
    await post(url, `payload=${encodeURIComponent('{"text":"As a form"}')}`, {
      'content-type': 'application/x-www-form-urlencoded',
    });
    await post(url, '{"text":"As curl sends it"}', { 'content-type': 'application/x-www-form-urlencoded' });
    const titles = (await told(world)).map(({ message }) => message.title?.text);
    assert.deepEqual(titles, ['As JSON', 'As a form', 'As curl sends it']);
  });

  it('shows what stands in blocks: header, fields, links, buttons and footnotes', async () => {
    await using world = await aWorld();
    const { url } = await world.endpoint('slack-compatible', 'in #ops');
    await post(url, {
      text: 'New alert',
      username: 'Deployer',
      blocks: [
        { type: 'header', text: { type: 'plain_text', text: 'Deployment of shop failed' } },
        { type: 'section', text: { type: 'mrkdwn', text: '*Smoke tests* broke, see <https://d.example/1|run 1>.' } },
        {
          type: 'section',
          fields: [
            { type: 'mrkdwn', text: '*Environment*\nproduction' },
            { type: 'mrkdwn', text: '*By*\nAda' },
          ],
        },
        { type: 'image', image_url: 'https://d.example/graph.png', alt_text: 'Latency' },
        {
          type: 'actions',
          elements: [
            { type: 'button', text: { type: 'plain_text', text: 'Open run' }, url: 'https://d.example/1' },
            { type: 'button', text: { type: 'plain_text', text: 'Logs' }, url: 'https://d.example/logs' },
          ],
        },
      ],
    });
    const [message] = await told(world);
    assert.ok(message);
    const { title, body, fields, actions, footer, image } = shownIn(message);
    assert.equal(title.text, 'Deployment of shop failed');
    assert.match(body, /\*\*Smoke tests\*\* broke, see \[run 1\]\(<https:\/\/d\.example\/1>\)/);
    assert.deepEqual(
      fields.map(({ name, value }) => [name, value]),
      [
        ['Environment', 'production'],
        ['By', 'Ada'],
      ],
    );
    assert.deepEqual([actions[0]?.label, actions[0]?.url], ['Logs', 'https://d.example/logs']);
    assert.match(footer, /Deployer/);
    assert.deepEqual(image, { url: 'https://d.example/graph.png', alt: 'Latency' });
  });

  it('shows rich text as it was set: lists, code, links, and people without a ping', async () => {
    await using world = await aWorld();
    const { url } = await world.endpoint('slack-compatible', 'in #ops');
    await post(url, {
      blocks: [
        {
          type: 'rich_text',
          elements: [
            { type: 'rich_text_section', elements: [{ type: 'text', text: 'Release 7', style: { bold: true } }] },
            {
              type: 'rich_text_list',
              style: 'bullet',
              elements: [
                { type: 'rich_text_section', elements: [{ type: 'text', text: 'Doors' }] },
                {
                  type: 'rich_text_section',
                  elements: [{ type: 'link', url: 'https://a.example/b', text: 'How' }],
                },
              ],
            },
            { type: 'rich_text_section', elements: [{ type: 'user', user_id: 'U012AB3CD' }] },
            { type: 'rich_text_preformatted', elements: [{ type: 'text', text: 'npm i' }] },
          ],
        },
      ],
    });
    const [message] = await told(world);
    assert.equal(message?.message.title?.text, 'Release 7');
    assert.match(
      message?.message.body ?? '',
      /- Doors\n- \[How\]\(<https:\/\/a\.example\/b>\)\nsomeone[\s\S]*```\nnpm i\n```/,
    );
  });

  it('shows an attachment’s colour as its severity, its title as the link, its fields and its moment', async () => {
    await using world = await aWorld();
    const { url } = await world.endpoint('slack-compatible', 'in #ops');
    await post(url, {
      attachments: [
        {
          color: '#D63232',
          title: 'Latency is high',
          title_link: 'https://g.example/1',
          text: 'p99 is 2.4 s',
          author_name: 'Ada',
          fields: [{ title: 'Service', value: '*checkout*', short: true }],
          footer: 'Grafana v12',
          ts: 1777629720,
        },
      ],
    });
    const [message] = await told(world);
    const { title, severity, fields, author, footer, occurredAt } = shownIn(message);
    assert.deepEqual([title, severity], [{ text: 'Latency is high', url: 'https://g.example/1' }, 'critical']);
    assert.deepEqual([fields[0]?.name, fields[0]?.value, author?.name], ['Service', '**checkout**', 'Ada']);
    assert.match(footer, /Grafana v12/);
    assert.equal(occurredAt, '2026-05-01T10:02:00.000Z');
  });

  it('takes for the headline what says something, without the pictures around it, and for the source who sent it', async () => {
    await using world = await aWorld();
    const { url } = await world.endpoint('slack-compatible', 'in #ops');
    await post(url, {
      text: '<!channel>',
      channel: '#alerts',
      username: 'Kuma',
      attachments: [{ text: ':x: ❌ Shop is down ❌' }],
    });
    await post(url, { text: '🚀🚀' });
    await told(world);
    const { json } = await world.call<{ events: { about: { title: string; source?: string } }[] }>('/api/v1/events');
    assert.deepEqual(json.events.map(({ about: { title, source } }) => [title, source]).toReversed(), [
      ['Shop is down', 'Kuma'],
      ['🚀🚀', undefined],
    ]);
  });

  it('posts the same words again when they come again later, and once when an attempt is repeated at once', async () => {
    await using world = await aWorld();
    const { url } = await world.endpoint('slack-compatible', 'in #ops');
    assert.deepEqual(
      [(await post(url, { text: 'Twice' })).text, (await post(url, { text: 'Twice' })).text],
      ['ok', 'ok'],
    );
    assert.equal((await told(world)).length, 1);
  });
});

describe('an endpoint for senders that know only Discord', () => {
  it('answers as Discord does: nothing, the message where the sender waits, or what is wrong with its code', async () => {
    await using world = await aWorld();
    const { url } = await world.endpoint('discord-compatible', 'in #ops');
    assert.deepEqual(await post(url, { content: 'Hello' }), { status: 204, type: '', text: '' });
    const waited = await post(`${url}?wait=true`, { content: 'Waited', username: 'Sonarr', embeds: [{ title: 'E' }] });
    const message = JSON.parse(waited.text);
    assert.deepEqual([waited.status, waited.type], [200, 'application/json']);
    assert.deepEqual(
      [message.content, message.author.username, message.embeds],
      ['Waited', 'Sonarr', [{ title: 'E' }]],
    );
    assert.match(message.id, /^\d{17,20}$/);
    for (const [body, code] of [
      [{}, 50_006],
      [{ content: '', embeds: [] }, 50_006],
      ['{"content": "torn', 50_109],
    ] as const) {
      const { status, text } = await post(url, body);
      assert.deepEqual([status, JSON.parse(text).code], [400, code]);
    }
    const got = await fetch(url);
    assert.deepEqual(
      [got.status, (await got.json()) as object],
      [405, { message: 'This endpoint accepts only POST. Send it again as POST.', code: 0 }],
    );
    assert.match((await world.refusals()).map(({ reason }) => reason).join('\n'), /The message says nothing/);
  });

  it('takes messages in Slack’s format behind `/slack`, and nothing behind anything else', async () => {
    await using world = await aWorld();
    const { url } = await world.endpoint('discord-compatible', 'in #ops');
    assert.deepEqual(await post(`${url}/slack`, { text: 'For Slack' }), {
      status: 200,
      type: 'text/plain',
      text: 'ok',
    });
    assert.equal((await post(`${url}/slack`, {})).text, 'no_text');
    assert.equal((await post(`${url}/github`, {})).status, 404);
    assert.equal((await post(`${url}/slack/more`, { text: 'x' })).status, 404);
    assert.deepEqual(
      (await told(world)).map(({ message }) => message.title?.text),
      ['For Slack'],
    );
  });

  it('takes JSON, forms and multipart forms, and leaves files aside', async () => {
    await using world = await aWorld();
    const { url } = await world.endpoint('discord-compatible', 'in #ops');
    const form = new FormData();
    form.set('payload_json', JSON.stringify({ embeds: [{ title: 'With a file', color: 0xe74c3c }] }));
    form.set('files[0]', new Blob(['bytes']), 'a.txt');
    assert.equal((await fetch(url, { method: 'POST', body: form })).status, 204);
    assert.equal(
      (await fetch(url, { method: 'POST', body: new URLSearchParams({ content: 'As a form' }) })).status,
      204,
    );
    const messages = await told(world);
    assert.deepEqual(
      messages.map(({ message }) => [message.title?.text, message.severity]),
      [
        ['With a file', 'critical'],
        ['As a form', 'info'],
      ],
    );
  });

  it('shows an embed: title, link, text, author, fields, picture, footer, colour and moment', async () => {
    await using world = await aWorld();
    const { url } = await world.endpoint('discord-compatible', 'in #ops');
    await post(url, {
      username: 'Sonarr',
      embeds: [
        {
          title: 'The Lighthouse - 2x04',
          url: 'https://tv.example/1',
          description: 'Episode **imported** <t:1777629720:R> ||well||',
          color: 2605644,
          author: { name: 'Living room' },
          image: { url: 'https://tv.example/1.jpg' },
          footer: { text: 'v4' },
          fields: [{ name: 'Size', value: '1.4 GB', inline: true }],
          timestamp: '2026-05-01T10:00:00Z',
        },
      ],
    });
    const [message] = await told(world);
    const { title, body, severity, fields, author, footer, image, occurredAt } = shownIn(message);
    assert.deepEqual([title.text, title.url, severity], ['The Lighthouse - 2x04', 'https://tv.example/1', 'good']);
    assert.equal(body, 'Episode **imported** 2026-05-01 10:02 UTC well');
    assert.deepEqual([fields[0]?.name, fields[0]?.value, author?.name], ['Size', '1.4 GB', 'Living room']);
    assert.match(footer, /Sonarr.*v4/);
    assert.deepEqual([image?.url, occurredAt], ['https://tv.example/1.jpg', '2026-05-01T10:00:00.000Z']);
  });

  it('shows the texts and links of components', async () => {
    await using world = await aWorld();
    const { url } = await world.endpoint('discord-compatible', 'in #ops');
    await post(url, {
      flags: 32768,
      components: [
        {
          type: 17,
          components: [
            { type: 10, content: '## Backup finished' },
            { type: 1, components: [{ type: 2, style: 5, label: 'Report', url: 'https://b.example/1' }] },
          ],
        },
      ],
    });
    const [message] = await told(world);
    const { title, actions } = shownIn(message);
    assert.equal(title.text, 'Backup finished');
    assert.ok(actions.some(({ label, url }) => label === 'Report' && url === 'https://b.example/1'));
  });
});

describe('a message from a chat sender', () => {
  const pings = [
    '<!channel>',
    '<!here|here>',
    '<!subteam^S012AB3CD|@all>',
    '<@U012AB3CD>',
    '<@U012AB3CD|ada>',
    '@everyone',
    '@here',
    '<@1045678901234567890>',
    '<@&1045678901234567890>',
    '<#1045678901234567890>',
  ];
  const word = fc.oneof(
    fc.constantFrom(...pings),
    fc.constantFrom(
      '*a*',
      '**b**',
      '`c`',
      '[x](https://evil.example/x)',
      '<https://evil.example|https://bank.example>',
    ),
    fc.string({ maxLength: 12 }),
  );
  const text = fc.array(word, { minLength: 1, maxLength: 6 }).map((words) => words.join(' '));
  const forSlack = fc.record(
    {
      text,
      blocks: fc.array(
        fc.oneof(
          fc.record({ type: fc.constant('section'), text: fc.record({ type: fc.constant('mrkdwn'), text }) }),
          fc.record({ type: fc.constant('header'), text: fc.record({ text }) }),
          fc.record({ type: fc.constant('context'), elements: fc.array(fc.record({ text }), { maxLength: 2 }) }),
          fc.record({
            type: fc.constant('rich_text'),
            elements: fc.array(
              fc.record({
                type: fc.constantFrom(
                  'rich_text_section',
                  'rich_text_quote',
                  'rich_text_preformatted',
                  'rich_text_list',
                ),
                elements: fc.array(fc.record({ type: fc.constantFrom('text', 'broadcast', 'link'), text, url: text })),
              }),
              { maxLength: 3 },
            ),
          }),
          fc.record({ type: fc.string() }),
        ),
        { maxLength: 5 },
      ),
      attachments: fc.array(
        fc.record({ title: text, text, footer: text, fields: fc.array(fc.record({ title: text, value: text })) }),
        { maxLength: 3 },
      ),
    },
    { requiredKeys: ['text'] },
  );
  const forDiscord = fc.record(
    {
      content: text,
      embeds: fc.array(
        fc.record({
          title: text,
          description: text,
          author: fc.record({ name: text, url: text }),
          footer: fc.record({ text }),
          fields: fc.array(fc.record({ name: text, value: text }), { maxLength: 4 }),
        }),
        { maxLength: 3 },
      ),
      components: fc.array(fc.record({ type: fc.constant(10), content: text }), { maxLength: 3 }),
    },
    { requiredKeys: ['content'] },
  );

  async function holds(world: World, { url }: Endpoint, payload: object): Promise<void> {
    const before = (await world.messages()).length;
    const { status } = await post(url, { ...payload, nonce: before });
    if (status === 400) return;
    const fresh = (await told(world)).slice(before);
    for (const { drawings } of fresh) {
      const { slack = [], discord = [] } = drawings;
      const problems = [...slack.flatMap(validateSlackMessage), ...discord.flatMap(validateDiscordMessage)];
      assert.deepEqual(problems, [], JSON.stringify(payload));
      assert.deepEqual([...slack.flatMap(slackPings), ...discord.flatMap(discordPings)], [], JSON.stringify(payload));
    }
  }

  it('pings nobody on either chat and stays within their limits, whatever stands where in Slack’s format', async () => {
    await using world = await aWorld();
    const endpoint = await world.endpoint('slack-compatible', 'in #ops');
    await fc.assert(
      fc.asyncProperty(forSlack, (payload) => holds(world, endpoint, payload)),
      { numRuns: runs(25) },
    );
  });

  it('pings nobody on either chat and stays within their limits, whatever stands where in Discord’s format', async () => {
    await using world = await aWorld();
    const endpoint = await world.endpoint('discord-compatible', 'in #ops');
    await fc.assert(
      fc.asyncProperty(forDiscord, (payload) => holds(world, endpoint, payload)),
      { numRuns: runs(25) },
    );
  });

  it('says plainly at setup that the URL is the only secret', async () => {
    await using world = await aWorld();
    for (const provider of ['slack-compatible', 'discord-compatible']) {
      const { text } = await world.type(`/webhook new ${provider}`);
      assert.match(text, /the URL is the only secret/);
      assert.match(text, /nothing is signed, so whoever has the URL can deliver/);
    }
  });

  it('is tried with a sample like every other', async () => {
    await using world = await aWorld();
    for (const provider of ['slack-compatible', 'discord-compatible']) {
      await world.endpoint(provider, `in #ops as ${provider}`);
      assert.match((await world.type(`/webhook test ${provider}`)).text, new RegExp(`${provider}\\S* works`));
    }
  });
});

function shownIn(message: { readonly message: object } | undefined): Shown {
  assert.ok(message);
  return message.message as Shown;
}

interface Shown {
  readonly title: { readonly text: string; readonly url?: string };
  readonly body: string;
  readonly severity: string;
  readonly fields: readonly { readonly name: string; readonly value: string }[];
  readonly actions: readonly { readonly label: string; readonly url?: string }[];
  readonly author?: { readonly name: string };
  readonly footer: string;
  readonly image?: { readonly url: string; readonly alt: string };
  readonly occurredAt: string;
}
