import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aCommandWorld, ann, bob, boss, click, dataOf, failureOf } from '../doubles/command-world.ts';

interface Made {
  readonly endpoint: {
    readonly name: string;
    readonly url: string;
    readonly secret: string | null;
    readonly routes: readonly { channelName: string; platform: string }[];
  };
}

describe('/webhook new', () => {
  it('gives the URL, the secret and the steps to the one who asked, once', async () => {
    const { say, settings } = await aCommandWorld();
    const reply = await say('/webhook new github in #ops as api');
    const { endpoint } = dataOf<Made>(reply);
    const [stored] = settings.current.endpoints;
    assert.equal(reply.visibleTo, 'caller');
    assert.equal(endpoint.url, `https://hooks.example/in/${stored?.token}`);
    assert.match(endpoint.secret ?? '', /^[0-9a-f]{64}$/);
    assert.ok(reply.message.body.includes(`Paste \`${endpoint.secret}\` as **Secret**`));
    assert.equal(stored?.token.length, 43);
  });

  it('leads to the caller’s channel and takes the provider’s name when nothing else is said', async () => {
    const { say, settings } = await aCommandWorld();
    await say('new github');
    await say('new github');
    assert.deepEqual(
      settings.current.endpoints.map(({ name, routes }) => [name, routes[0]?.channelName]),
      [
        ['github', 'general'],
        ['github-2', 'general'],
      ],
    );
  });

  it('leads to another platform’s channel that is named with it', async () => {
    const { say } = await aCommandWorld();
    const { endpoint } = dataOf<Made>(await say('new github in slack:#alerts'));
    assert.deepEqual([endpoint.routes[0]?.platform, endpoint.routes[0]?.channelName], ['slack', 'alerts']);
  });

  it('waits for a secret that the provider makes', async () => {
    const { say, settings } = await aCommandWorld();
    const reply = await say('new stripe in #ops');
    assert.equal(dataOf<Made>(reply).endpoint.secret, null);
    assert.match(reply.message.body, /\/webhook rotate stripe secret=….*deliveries are refused/);
    assert.deepEqual(settings.current.endpoints[0]?.secrets, []);
  });

  it('takes a secret that the provider made and does not repeat it in words', async () => {
    const { say, settings } = await aCommandWorld();
    const reply = await say('new stripe in #ops secret=whsec_0123456789');
    assert.equal(settings.current.endpoints[0]?.secrets[0]?.value, 'whsec_0123456789');
    assert.ok(!JSON.stringify(reply.message).includes('whsec_0123456789'));
  });

  it('keeps what the provider lets one choose', async () => {
    const { say, settings } = await aCommandWorld();
    await say('new generic verify=hmac header=x-sig');
    assert.deepEqual(settings.current.endpoints[0]?.options, { verify: 'hmac', header: 'x-sig' });
  });

  it('asks with a form when nothing is said', async () => {
    const { say } = await aCommandWorld();
    const { form } = await say('new');
    assert.deepEqual(
      [form?.command, form?.ask, form?.options, form?.submit],
      ['new', ['provider'], { ask: 'true' }, 'Next'],
    );
  });

  const asked = {
    github: ['in', 'as'],
    stripe: ['in', 'as', 'secret'],
    Alertmanager: ['in', 'as', 'verify', 'username'],
    gitlab: ['in', 'as', 'secret', 'verify'],
    '': ['in', 'as'],
  } as const;
  for (const [provider, ask] of Object.entries(asked))
    it(`asks for ${ask.join(', ')} where ${provider || 'nobody'} is chosen in the form`, async () => {
      const { run, settings } = await aCommandWorld();
      const { form, status } = await run({ command: 'new', options: { ask: 'true', provider } }, ann);
      assert.deepEqual([form?.ask, form?.submit, status], [[...ask], 'Create endpoint', undefined]);
      assert.equal(settings.current.endpoints.length, 0);
    });

  it('offers the choices of the provider in its form, and takes what was chosen', async () => {
    const { run, settings } = await aCommandWorld();
    const { form } = await run({ command: 'new', options: { ask: 'true', provider: 'generic' } }, ann);
    assert.deepEqual(form?.fields?.verify?.choices, ['none', 'token', 'basic', 'hmac']);
    await run({ command: 'new', options: { ...form?.options, in: '#ops', verify: 'hmac', header: 'x-sig' } }, ann);
    assert.deepEqual(settings.current.endpoints[0]?.options, { verify: 'hmac', header: 'x-sig' });
  });

  const slips = {
    'new githib': ['unknown_provider', 'provider', /Did you mean `github`\?.*generic/],
    'new github in #nope': ['not_found', 'in', /#nope/],
    'new github in discord:#ops': [
      'not_connected',
      'in',
      /`discord` is not connected here\. Name a channel as `local:#channel` or/,
    ],
    'new github as "API Alerts"': ['bad_option', 'as', /`api-alerts` would do/],
    'new github as taken': ['name_taken', 'as', /`taken-2` is free/],
    'new github secret=short': ['bad_option', 'secret', /8 to 1000 characters/],
    'new generic verify=none secret=0123456789': ['bad_option', 'secret', /not signed/],
    'new generic verifi=hmac': ['unknown_option', 'choices', /Did you mean `verify`/],
    'new generic verify=hmca': ['bad_option', 'verify', /Did you mean `hmac`/],
  } as const;
  for (const [line, [code, field, message]] of Object.entries(slips))
    it(`answers ${line}`, async () => {
      const { say, anEndpoint, settings } = await aCommandWorld();
      await anEndpoint('new github as taken');
      const reply = await say(line);
      assert.deepEqual(reply.data, { code, field });
      assert.match(reply.message.body, message);
      assert.equal(settings.current.endpoints.length, 1);
    });
});

describe('/webhook list and show', () => {
  it('say how to make the first endpoint', async () => {
    const { say } = await aCommandWorld();
    const reply = await say('list');
    assert.match(reply.message.body, /\/webhook new github in #ops/);
    assert.deepEqual(
      reply.message.actions.map(({ label }) => label),
      ['New endpoint'],
    );
  });

  it('say that deliveries are refused where the provider is not known here', async () => {
    const { say, settings, anEndpoint } = await aCommandWorld();
    await anEndpoint();
    await settings.update((now) => ({
      ...now,
      endpoints: now.endpoints.map((one) => ({ ...one, provider: 'gihub' })),
    }));
    assert.match((await say('list')).message.body, /provider is not known here, so deliveries are refused/);
  });

  it('list endpoints with where they lead', async () => {
    const { say, anEndpoint } = await aCommandWorld();
    await anEndpoint();
    await anEndpoint('new gitlab in slack:#alerts');
    const { body } = (await say('list')).message;
    assert.match(body, /\*\*api\*\*: GitHub → \\#ops · no event yet\n- \*\*gitlab\*\*: GitLab → Slack \\#alerts/);
    assert.doesNotMatch((await say('list gitlab')).message.body, /api/);
    assert.match((await say('list zzz')).message.body, /No endpoint has `zzz`/);
  });

  it('never show a secret or the whole URL', async () => {
    const { say, anEndpoint } = await aCommandWorld();
    const { token, secrets } = await anEndpoint();
    for (const line of ['list', 'show api', 'help', 'history', 'mutes', 'why api']) {
      const shown = JSON.stringify(await say(line));
      assert.ok(!shown.includes(token) && !shown.includes(secrets[0]?.value ?? ''), line);
    }
  });

  it('show the URL to an owner who asks, and to nobody else', async () => {
    const { say, anEndpoint } = await aCommandWorld();
    const { token } = await anEndpoint();
    assert.ok((await say('show api url')).message.body.includes(token));
    assert.equal(failureOf(await say('show api url', bob)).code, 'forbidden');
  });

  it('show why deliveries are refused to owners alone', async () => {
    const { say, anEndpoint, journal, clock } = await aCommandWorld();
    const { id } = await anEndpoint();
    await journal.refusals.add({
      endpointId: id,
      at: clock.now(),
      reason: 'the signature matches none',
      status: 401,
      method: 'POST',
      headers: {},
      body: Buffer.alloc(0),
      remoteAddress: '',
    });
    const refusedFor = async (caller = ann) =>
      (await say('show api', caller)).message.fields.find(({ name }) => name.startsWith('Refused'))?.value;
    assert.match((await refusedFor()) ?? '', /^1, .*the signature matches none/);
    assert.equal(await refusedFor(bob), '1; its owners can see why');
  });

  it('name the nearest endpoint', async () => {
    const { say, anEndpoint } = await aCommandWorld();
    await anEndpoint();
    const reply = await say('show apu');
    assert.deepEqual(reply.data, { code: 'not_found', field: 'endpoint' });
    assert.match(reply.message.body, /There is no endpoint `apu`\. Did you mean `api`\?/);
  });
});

describe('/webhook rename', () => {
  it('changes the name and nothing else', async () => {
    const { say, anEndpoint, settings } = await aCommandWorld();
    const before = await anEndpoint();
    await say('rename api api-alerts');
    assert.deepEqual(settings.current.endpoints, [{ ...before, name: 'api-alerts' }]);
  });

  it('refuses a name that is taken, but not another spelling of its own', async () => {
    const { say, anEndpoint, settings } = await aCommandWorld();
    await anEndpoint('new github as other');
    await anEndpoint();
    assert.deepEqual((await say('rename api OTHER')).data, { code: 'name_taken', field: 'to' });
    await say('rename api to API');
    assert.equal(settings.current.endpoints[1]?.name, 'API');
  });
});

describe('/webhook rotate', () => {
  it('keeps the old secret valid for the grace time', async () => {
    const { say, anEndpoint, settings } = await aCommandWorld();
    const [old] = (await anEndpoint()).secrets;
    const reply = await say('rotate api grace 2h');
    const [first, second] = settings.current.endpoints[0]?.secrets ?? [];
    assert.deepEqual(first, { ...old, expiresAt: '2026-01-05T14:00:00.000Z' });
    assert.equal(dataOf<Made>(reply).endpoint.secret, second?.value);
    assert.match(reply.message.body, /The old secret stays valid until/);
  });

  it('retires the old secret at once without grace', async () => {
    const { say, anEndpoint, settings } = await aCommandWorld();
    const [old] = (await anEndpoint()).secrets;
    await say('rotate api grace 0s');
    const secrets = settings.current.endpoints[0]?.secrets ?? [];
    assert.deepEqual([secrets.length, secrets[0]?.id === old?.id], [1, false]);
  });

  it('never lengthens the life of a secret that ends already', async () => {
    const { say, anEndpoint, settings } = await aCommandWorld();
    await anEndpoint();
    await say('rotate api grace 1h');
    await say('rotate api grace 1d');
    assert.equal(settings.current.endpoints[0]?.secrets[0]?.expiresAt, '2026-01-05T13:00:00.000Z');
  });

  it('asks for a secret that the provider makes', async () => {
    const { say, anEndpoint } = await aCommandWorld();
    await anEndpoint('new stripe as charges');
    const { form, data } = await say('rotate charges');
    assert.deepEqual([form?.ask[0], data], ['secret', { code: 'missing_option', field: 'secret' }]);
  });

  it('refuses where nothing is signed', async () => {
    const { say, anEndpoint } = await aCommandWorld();
    await anEndpoint('new generic as any verify=none');
    assert.equal(failureOf(await say('rotate any')).code, 'nothing_signed');
  });

  it('refuses a grace without end', async () => {
    const { say, anEndpoint } = await aCommandWorld();
    await anEndpoint();
    assert.deepEqual((await say('rotate api grace 31d')).data, { code: 'bad_option', field: 'grace' });
  });
});

describe('/webhook delete', () => {
  it('asks first, and deletes with the endpoint its mutes', async () => {
    const world = await aCommandWorld();
    await world.anEndpoint();
    await world.say('mute api type=push');
    const question = await world.say('delete api');
    assert.deepEqual([question.message.severity, world.settings.current.endpoints.length], ['warning', 1]);
    await click(world, question, 'Delete api');
    assert.deepEqual([world.settings.current.endpoints, world.settings.current.mutes], [[], []]);
  });

  it('says so when a button’s endpoint is gone', async () => {
    const world = await aCommandWorld();
    await world.anEndpoint();
    const question = await world.say('delete api');
    await world.say('delete api confirm');
    assert.equal(failureOf(await click(world, question, 'Delete api')).code, 'not_found');
  });

  it('checks permission again when the button is clicked', async () => {
    const world = await aCommandWorld();
    await world.anEndpoint();
    const question = await world.say('delete api');
    assert.equal(failureOf(await click(world, question, 'Delete api', bob)).code, 'forbidden');
    assert.equal(world.settings.current.endpoints.length, 1);
  });
});

describe('/webhook route', () => {
  it('chooses how much of a message a channel shows, and when a phone shows it', async () => {
    const { say, settings } = await aCommandWorld();
    await say('new github in #ops as api');
    const looks = () =>
      settings.current.endpoints[0]?.routes.map(({ channelName, density, notify }) => [channelName, density, notify]);
    await say('route api add #dev density=compact notify=always');
    await say('route api add #ops density=full');
    assert.deepEqual(looks(), [
      ['ops', 'full', undefined],
      ['dev', 'compact', 'always'],
    ]);
    const { body } = (await say('route api add #dev notify=never')).message;
    assert.deepEqual(looks()?.[1], ['dev', 'compact', 'never']);
    assert.match(body, /\\#ops \\\(full\\\), \\#dev \\\(compact, notify never\\\)/);
    assert.match((await say('route api add #dev density=tiny')).message.body, /compact.*normal.*full/);
  });

  it('adds, lists and removes channels', async () => {
    const { say, anEndpoint, settings } = await aCommandWorld();
    await anEndpoint();
    await say('route api add #dev');
    assert.match((await say('route api')).message.body, /posts in \\#ops, \\#dev/);
    await say('route api remove #ops');
    assert.deepEqual(
      settings.current.endpoints[0]?.routes.map(({ channelName }) => channelName),
      ['dev'],
    );
  });

  it('adds or changes a channel that is named without saying what to do', async () => {
    const { say, anEndpoint, settings } = await aCommandWorld();
    await anEndpoint();
    await say('route api #dev follow=edit');
    await say('route api #dev density=full');
    await say('route api slack:#alerts');
    assert.deepEqual(
      settings.current.endpoints[0]?.routes
        .slice(1)
        .map(({ channelName, follow, density }) => [channelName, follow, density]),
      [
        ['dev', 'edit', 'full'],
        ['alerts', undefined, undefined],
      ],
    );
    assert.match((await say('route api ad #dev')).message.body, /`ad` is not a choice/);
  });

  it('refuses a channel that is there already, or is not there', async () => {
    const { say, anEndpoint } = await aCommandWorld();
    await anEndpoint();
    assert.deepEqual((await say('route api add #ops')).data, { code: 'already_there', field: 'channel' });
    assert.deepEqual((await say('route api remove #dev')).data, { code: 'not_found', field: 'channel' });
  });

  it('removes a channel that its platform no longer has', async () => {
    const { say, anEndpoint, settings } = await aCommandWorld();
    const endpoint = await anEndpoint();
    const gone = { id: 'r', platform: 'slack', channel: 'C-gone', channelName: 'gone' };
    await settings.update((now) => ({ ...now, endpoints: [{ ...endpoint, routes: [gone] }] }));
    const reply = await say('route api remove slack:C-gone');
    assert.match(reply.message.body, /has no channel/);
    assert.deepEqual(settings.current.endpoints[0]?.routes, []);
  });
});

describe('an endpoint', () => {
  for (const line of ['rename api other', 'rotate api', 'delete api confirm', 'route api add #dev', 'test api'])
    it(`is changed by its owner or an admin alone: ${line}`, async () => {
      const { say, anEndpoint, settings } = await aCommandWorld();
      await anEndpoint();
      const { current } = settings;
      assert.equal(failureOf(await say(line, bob)).code, 'forbidden');
      assert.equal(settings.current, current);
      assert.notEqual(failureOf(await say(line, boss)).code, 'forbidden');
    });

  it('leaves who did what in the audit, and no secret or token', async () => {
    const { say, anEndpoint, journal, settings } = await aCommandWorld();
    const { token, secrets } = await anEndpoint();
    for (const line of [
      'rotate api',
      'show api url',
      'route api add #dev',
      'rename api other',
      'mute other type=push',
      'unmute other',
    ])
      await say(line);
    const all = [token, ...secrets, ...(settings.current.endpoints[0]?.secrets ?? [])].map((secret) =>
      typeof secret === 'string' ? secret : secret.value,
    );
    await say('delete other confirm');
    const audit = await journal.audit.list({ limit: 50 });
    assert.deepEqual(audit.map(({ action }) => action).toReversed(), [
      'new',
      'rotate',
      'show',
      'route',
      'rename',
      'mute',
      'unmute',
      'delete',
    ]);
    assert.ok(audit.every(({ by, byName }) => by === 'local:ann' && byName === 'Ann'));
    assert.ok(all.every((secret) => !JSON.stringify(audit).includes(secret)));
  });
});
