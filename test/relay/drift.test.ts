import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { aWorld, type Endpoint, type World } from '../world.ts';

/** How many events of a kind make a habit. */
const HABIT = 20;
let sent = 0;

const anIssue = ({ action = 'opened', issue = {} as object | null } = {}) => ({
  headers: { 'x-github-event': 'issues', 'x-github-delivery': `drift-${++sent}` },
  payload: {
    action,
    ...(issue && {
      issue: {
        number: sent,
        title: `Door ${sent} squeaks`,
        html_url: `https://github.com/acme/api/issues/${sent}`,
        user: { login: 'mona' },
        body: 'It does.',
        ...issue,
      },
    }),
    repository: { full_name: 'acme/api', html_url: 'https://github.com/acme/api' },
    sender: { login: 'mona' },
  },
});

describe('an event that lacks what those before it had', () => {
  let world: World;
  let count = 0;
  before(async () => {
    world = await aWorld();
  });
  after(() => world[Symbol.asyncDispose]());

  async function accustomed(): Promise<{
    endpoint: Endpoint;
    channel: string;
    notices: () => Promise<readonly string[]>;
  }> {
    const channel = `c${++count}`;
    const endpoint = await world.endpoint('github', `in #${channel} as e${count}`);
    for (let number = 0; number < HABIT; number++) await world.deliver(endpoint, anIssue());
    await world.settled();
    const notices = async () =>
      (await world.messages(channel)).map(({ text }) => text).filter((text) => /have changed/.test(text));
    return { endpoint, channel, notices };
  }

  it('is told once, with the fields, what uses them, and a diff', async () => {
    const { endpoint, channel, notices } = await accustomed();
    assert.deepEqual(await notices(), []);
    await world.deliver(endpoint, anIssue({ issue: { title: undefined, name: 'Door squeaks' } }));
    await world.deliver(endpoint, anIssue({ issue: { title: undefined, name: 'Door squeaks' } }));
    await world.settled();
    assert.equal((await notices()).length, 1);
    const notice = (await world.messages(channel)).find(({ text }) => /have changed/.test(text)) ?? assert.fail();
    assert.match(
      notice.message.body,
      /`issue\.title` is missing\. Used by .*`about\.title`|`issue\.title` is missing\. Used by .*the template `.*issues/,
    );
    assert.match(notice.message.body, /- issue\.title: "Door \d+ squeaks"\n\+ issue\.name: "Door squeaks"/);
    const diff = await world.click(notice, /^Diff$/, { channel });
    assert.match(diff.text, /- issue\.title/);
    const [, odd] = await world.events(`endpoint=${endpoint.name}&limit=2`);
    assert.ok(notice.message.body.includes(`Event \`${odd?.id}\``), 'the first odd event is named');
  });

  it('is told of a field that is of another kind, and of an object as one', async () => {
    const { endpoint, channel } = await accustomed();
    await world.deliver(endpoint, anIssue({ issue: { number: '12' } }));
    await world.deliver(endpoint, anIssue({ issue: null }));
    await world.settled();
    const bodies = (await world.messages(channel)).map(({ message }) => message.body);
    assert.ok(
      bodies.some((body) => /`issue\.number` is now text; it was a number/.test(body)),
      bodies.at(-1),
    );
    const gone = bodies.find((body) => /`issue` is missing/.test(body)) ?? assert.fail('nothing of the object');
    assert.doesNotMatch(gone, /`issue\.title` is missing/);
  });

  it('is no news where a field is null, was missing before, or is not used', async () => {
    const { endpoint, notices } = await accustomed();
    await world.deliver(endpoint, anIssue({ issue: { title: null } }));
    await world.deliver(endpoint, { ...anIssue(), payload: { ...anIssue().payload, unused: 1 } });
    const other = await world.endpoint('github', `in #c${count} as sometimes`);
    for (let number = 0; number < HABIT + 5; number++)
      await world.deliver(other, anIssue({ issue: number === 3 ? { title: undefined } : {} }));
    await world.deliver(other, anIssue({ issue: { title: undefined } }));
    await world.settled();
    assert.deepEqual(await notices(), []);
  });

  it('is no news while too few came, nor where another action has other fields', async () => {
    const { endpoint, notices } = await accustomed();
    await world.deliver(endpoint, anIssue({ action: 'labeled', issue: { title: undefined } }));
    await world.settled();
    assert.deepEqual(await notices(), []);
  });

  it('is told of a field that only a filter asks for', async () => {
    const { url } = await world.endpoint('generic', 'in #lamps as lamps');
    await world.type('/webhook route lamps add #lamps filter="payload.room.floor > 0" confirm');
    const send = (room: object) =>
      fetch(url, { method: 'POST', body: JSON.stringify({ event: 'lamp.lit', title: 'Lit', id: ++sent, room }) });
    for (let number = 0; number < HABIT; number++) await send({ floor: 1 });
    await send({ storey: 1 });
    await world.settled();
    const body = (await world.messages('lamps'))
      .map(({ message }) => message.body)
      .find((text) => /is missing/.test(text));
    assert.match(body ?? '', /`room\.floor` is missing\. Used by the filter of \\?#lamps/);
  });
});

it('what events used to have is known again after a restart', async () => {
  const first = await aWorld();
  const { folder } = first;
  const endpoint = await first.endpoint('github', 'in #ops as api');
  for (let number = 0; number < HABIT; number++) await first.deliver(endpoint, anIssue());
  await first.settled();
  await first.app.stop();
  await using world = await aWorld({ folder });
  const [known] = (await world.call<{ endpoints: Endpoint[] }>('/api/v1/endpoints')).json.endpoints;
  const again = { ...endpoint, url: endpoint.url.replace(/^http:\/\/[^/]+/, world.publicUrl), id: known?.id ?? '' };
  await world.deliver(again, anIssue({ issue: { title: undefined } }));
  await world.settled();
  assert.ok((await world.messages()).some(({ text }) => /api: events of type issues have changed/.test(text)));
});
