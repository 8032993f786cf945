import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { aPush, aWorld, type Endpoint, type World } from '../world.ts';

describe('a condition', () => {
  let world: World;
  let api: Endpoint;
  before(async () => {
    world = await aWorld();
    api = await world.endpoint('github', 'in #ops as api');
    await world.deliver(api, aPush({ by: 'octocat' }));
    await world.deliver(api, aPullRequest({ action: 'opened', number: 3, by: 'dependabot[bot]' }));
    await world.settled();
  });
  after(() => world[Symbol.asyncDispose]());

  const REFUSED: readonly (readonly [string, RegExp])[] = [
    ["tpye == 'push'", /`?tpye`? is not known \(at character 1.*Did you mean `?type`?\?/],
    ["action == 'opened'", /`?action`? is not known.*Did you mean the field payload\.action, or the text 'action'\?/],
    ["actor == 'mona'", /Did you mean about\.actor or the field payload\.actor/],
    ["about.acton == 'opened'", /about\.acton.*is not known.*Did you mean `?about\.actor/],
    ["about.actor.endWith('[bot]')", /no function `?endWith.*Did you mean `?endsWith/],
    ['type > 5', /Text cannot be compared with a number by `?>/],
    ['about.title == 5', /about\.title.*is text and cannot be compared with a number/],
    ["about.severity >= 'warning'", /severities have no order.*severity>=warning/],
    ["type = 'push'", /A single `?=`? \(at character 6.*write `?==/],
    ['type ==', /cannot be read at the end: something is missing/],
    ["type == 'push", /quote that opens at character 9.*never closed/],
    ['size(payload.commits)', /gives a number, and a condition must be true or false/],
    [`type in [${"'a',".repeat(400)}'b']`, /too large: 400 parts/],
    [`type == '${'a'.repeat(3_000)}'`, /too large: it has 3,010 characters/],
    [`${'('.repeat(60)}true${')'.repeat(60)} && ${'!'.repeat(60)}true`, /too large/],
  ];
  for (const [text, expected] of REFUSED)
    it(`is refused with the place and what was meant: ${text.slice(0, 40)}`, async () => {
      const reply = await world.type(`/webhook route api add #ops filter="${text}"`);
      assert.match(reply.text, expected);
      assert.equal(reply.data.code, 'bad_condition');
    });

  it('is asked about where it names a field that no event has', async () => {
    const tried = await world.type('/webhook route api add #ops filter="has(payload.acton)" try');
    assert.match(tried.text, /No event of the last 7 days has payload\.acton; did you mean payload\.action\?/);
    assert.doesNotMatch(
      (await world.type('/webhook route api add #ops filter="has(payload.action)" try')).text,
      /No event/,
    );
  });

  const SHORT: readonly (readonly [string, string])[] = [
    ['only=push,release', "type in ['push', 'release']"],
    ['only=check_*', "type.startsWith('check_')"],
    ['not=actor:*[bot]', "!(about.actor.endsWith('[bot]'))"],
    ['not=push,state:closed', "!(type == 'push' || about.state == 'closed')"],
    ['severity>=warning', "about.severity in ['warning', 'critical']"],
    ['severity>=error', "about.severity == 'critical'"],
    ['branch=main,release/*', "about.branch in ['', 'main'] || about.branch.startsWith('release/')"],
    ['path=services/api/**', "size(about.paths) == 0 || about.paths.exists(p, p.startsWith('services/api/'))"],
    ['label!=wip', "!('wip' in about.tags)"],
    ['only=push label!=wip', "type == 'push' && !('wip' in about.tags)"],
  ];
  for (const [short, cel] of SHORT)
    it(`can be typed as ${short}, and is shown in CEL`, async () => {
      await world.type(`/webhook route api add #ops confirm ${short}`);
      assert.ok((await world.type('/webhook show api')).text.includes(`#ops: filter ${cel}`));
      assert.ok((await world.type('/webhook route api')).text.includes(cel));
    });

  it('in short is refused where it says nothing that is known', async () => {
    assert.match(
      (await world.type('/webhook route api add #ops severity>=wanring')).text,
      /no severity.*Did you mean warning\?/s,
    );
    assert.match((await world.type('/webhook route api add #ops not=aktor:x')).text, /Did you mean actor\?/);
    assert.match((await world.type('/webhook route api add #ops branch>=main')).text, /has no order/);
  });

  it('that cannot be evaluated lets the event pass, is a step of why, and is posted once', async () => {
    await world.type(`/webhook route api add #ops filter="payload.number > 'three'"`);
    const big = {
      headers: aPush().headers,
      payload: { ...aPush().payload, items: Array.from({ length: 100_000 }, (_, index) => index) },
    };
    for (const number of [4, 5]) await world.deliver(api, aPullRequest({ action: 'closed', number }));
    await world.settled();
    const messages = (await world.messages()).map(({ text }) => text);
    assert.ok(messages.some((text) => /#4/.test(text)) && messages.some((text) => /#5/.test(text)));
    assert.equal(messages.filter((text) => /A condition of api failed/.test(text)).length, 1);
    const [event] = await world.events('limit=1');
    assert.match(
      (await world.type(`/webhook why ${event?.id}`)).text,
      /filter of local #ops.*cannot be evaluated, so the event passes.*a number.*text/,
    );

    await world.type('/webhook route api add #ops filter="payload.items.exists(i, i == -1.0)"');
    assert.equal((await world.deliver(api, big)).status, 202);
    await world.settled();
    const [large] = await world.events('limit=1');
    assert.equal(large?.state, 'posted');
    assert.match(
      (await world.type(`/webhook why ${large?.id}`)).text,
      /runs over a list of 100,000, and 20,000 steps are allowed/,
    );
  });

  it('chooses a channel, and what no condition takes goes to the otherwise channel', async () => {
    await world.type('/webhook route api add #ops filter=none');
    await world.type(`/webhook route api add #pulls when="type == 'pull_request'"`);
    await world.type('/webhook route api add #rest otherwise');
    await world.deliver(api, aPullRequest({ action: 'opened', number: 8 }));
    await world.deliver(api, aPush({ message: 'To the rest' }));
    await world.settled();
    assert.deepEqual(
      (await world.messages('pulls')).map(({ text }) => /#8/.test(text)),
      [true],
    );
    assert.deepEqual(
      (await world.messages('rest')).map(({ text }) => /To the rest/.test(text)),
      [true],
    );
    assert.match(
      (await world.type('/webhook route api add #third otherwise')).text,
      /has an otherwise channel already/,
    );
  });

  it('sets a severity, which colours and other conditions follow', async () => {
    const set = await world.type(
      `/webhook set api severity=critical when="type == 'push' && about.actor == 'octocat'"`,
    );
    await world.type(`/webhook route api add #oncall when="about.severity == 'critical'"`);
    await world.deliver(api, aPush({ message: 'Drop the database' }));
    await world.settled();
    const [message] = await world.messages('oncall');
    assert.equal(message?.message.severity, 'critical');
    await world.click(set, /Undo/);
    await world.deliver(api, aPush({ message: 'Nothing to worry about' }));
    await world.settled();
    assert.equal((await world.messages('oncall')).length, 1);
  });

  it('that is saved untried is answered with what it does, and with what of it fails', async () => {
    await using own = await aWorld();
    const github = await own.endpoint('github', 'in #ops as web');
    await own.deliver(github, aPush());
    await own.settled();
    const mistyped = await own.type('/webhook route web add #ops only=pushh');
    assert.match(mistyped.text, /The only message of the last 7 days would not be posted\./);
    const failing = await own.type('/webhook route web add #ops filter="payload.ref > 3"');
    assert.match(failing.text, /cannot be evaluated for 1 event, so the event passes: it compares/);
    const rule = await own.type('/webhook set web severity=critical when="payload.level == 1"');
    assert.match(rule.text, /payload\.level == 1 cannot be evaluated for 1 event, so it changes nothing/);
    assert.doesNotMatch(rule.text, /payload\.ref > 3/, 'that fails anyhow');
    const other = await own.type('/webhook route web add #dev when="about.severity == \'critical\'" try');
    assert.match(other.text, /#dev would have got none of them\./);
  });

  it('that would hide a critical alert is asked about again', async () => {
    await world.type(`/webhook set api severity=critical when="type == 'push'"`);
    const asked = await world.type('/webhook route api add #ops filter="false" confirm=no');
    assert.equal(asked.data.code, undefined, 'other channels still post them');
    for (const channel of ['pulls', 'rest', 'oncall']) await world.type(`/webhook route api remove #${channel}`);
    await world.type('/webhook route api add #ops filter=none');
    const question = await world.type('/webhook route api add #ops not=push');
    assert.match(question.text, /critical alerts? would be posted nowhere/);
    assert.equal(question.message.title?.text, '#ops of api?');
    assert.doesNotMatch((await world.type('/webhook show api')).text, /Conditions:.*#ops/);
    const saved = await world.click(question, /^Save anyway$/);
    assert.match(saved.text, /now posts in #ops/);
  });

  it('is not saved over what somebody else did meanwhile', async () => {
    const tried = await world.type('/webhook route api add #ops only=push try', { user: 'Ann' });
    await world.type('/webhook route api add #ops only=release confirm', { user: 'Bob' });
    const reply = await world.click(tried, /^Save/, { user: 'Ann' });
    assert.equal(reply.data.code, 'changed_meanwhile');
    assert.match(reply.text, /Bob changed #ops, which now has filter type == 'release'/);
  });
});

function aPullRequest({ action, number, by = 'octocat' }: { action: string; number: number; by?: string }) {
  return {
    headers: { 'x-github-event': 'pull_request', 'x-github-delivery': crypto.randomUUID() },
    payload: {
      action,
      number,
      pull_request: {
        number,
        title: `Change ${number}`,
        html_url: `https://github.com/acme/api/pull/${number}`,
        state: 'open',
        user: { login: by },
        base: { ref: 'main' },
        head: { ref: 'x' },
      },
      repository: { full_name: 'acme/api', html_url: 'https://github.com/acme/api' },
      sender: { login: by },
    },
  };
}
