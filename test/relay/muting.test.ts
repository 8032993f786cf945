import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { systemClock } from '../../src/app/system-clock.ts';
import { until } from '../until.ts';
import { aPush, aWorld } from '../world.ts';

describe('muting a source', () => {
  it('holds what it names and lets the rest through', async () => {
    await using world = await aWorld();
    const endpoint = await world.endpoint('github', 'in #ops');
    await world.type('/webhook mute github source=acme/api for 2h because "deploy night"');
    await world.deliver(endpoint, aPush({ repository: 'acme/api' }));
    await world.deliver(endpoint, aPush({ repository: 'acme/web', message: 'Paint the door' }));
    await world.settled();
    assert.deepEqual(
      (await world.events()).map(({ state }) => state),
      ['posted', 'held'],
    );
    assert.ok((await world.messages()).some(({ text }) => text.includes('Paint the door')));
    assert.ok(!(await world.messages()).some(({ text }) => text.includes('Fix the door')));
  });

  it('takes a star for any text', async () => {
    await using world = await aWorld();
    const endpoint = await world.endpoint('github', 'in #ops');
    await world.type('/webhook mute github source=acme/* for 2h');
    await world.deliver(endpoint, aPush({ repository: 'ACME/anything' }));
    await world.settled();
    assert.deepEqual(
      (await world.events()).map(({ state }) => state),
      ['held'],
    );
  });

  it('takes a star for what an event does not say at all, as the question before it promises', async () => {
    await using world = await aWorld();
    const endpoint = await world.endpoint('generic', 'in #ops');
    await world.click(await world.type('/webhook mute generic source=*'), /everything/i);
    await world.deliver(endpoint, { payload: { title: 'Somebody rang' } });
    await world.settled();
    assert.deepEqual(
      (await world.events()).map(({ state }) => state),
      ['held'],
    );
  });

  it('gives a digest when it ends, with a button that posts what was held', async () => {
    await using world = await aWorld();
    const endpoint = await world.endpoint('github', 'in #ops');
    await world.type('/webhook mute github source=acme/api for 2h');
    for (let times = 0; times < 3; times++) await world.deliver(endpoint, aPush());
    await world.settled();
    await world.type('/webhook unmute github');
    await world.settled();
    const digest = (await world.messages()).find(
      ({ message }) => message.title?.text === 'Mute ended: 3 events held (github)',
    );
    assert.ok(digest, 'the digest is posted');
    await world.click(digest, /Post all 3 now/);
    await world.settled();
    assert.equal((await world.messages()).filter(({ text }) => text.includes('Fix the door')).length, 3);
    assert.deepEqual(
      (await world.events()).map(({ state }) => state),
      ['posted', 'posted', 'posted'],
    );
  });

  it('names what is still open when it ends', async () => {
    await using world = await aWorld();
    const endpoint = await world.endpoint('alertmanager', 'in #ops');
    await world.type('/webhook mute alertmanager for 2h confirm');
    const alert = (status: string, name: string) => ({
      payload: {
        status,
        groupKey: `{}:{alertname="${name}"}`,
        commonLabels: { alertname: name, severity: 'critical' },
        alerts: [
          {
            status,
            labels: { alertname: name, severity: 'critical' },
            annotations: { summary: `${name} happened` },
            startsAt: '2026-01-05T10:00:00Z',
            fingerprint: name,
          },
        ],
      },
    });
    await world.deliver(endpoint, alert('firing', 'DiskFull'));
    await world.deliver(endpoint, alert('firing', 'HighLoad'));
    await world.deliver(endpoint, alert('resolved', 'HighLoad'));
    await world.settled();
    await world.type('/webhook unmute alertmanager');
    await world.settled();
    const digest = (await world.messages()).find(({ message }) => message.title?.text?.startsWith('Mute ended'));
    assert.match(digest?.message.body ?? '', /Still open[\s\S]*DiskFull/);
    assert.doesNotMatch(digest?.message.body ?? '', /HighLoad/);
  });

  it('ends by itself, and says so', async () => {
    let ahead = 0;
    const clock = { ...systemClock, now: () => new Date(Date.now() + ahead) };
    await using world = await aWorld({ clock });
    const endpoint = await world.endpoint('github', 'in #ops');
    await world.type('/webhook mute github source=acme/api for 2h');
    await world.deliver(endpoint, aPush());
    await world.settled();
    ahead = 2 * 3_600_000 + 1;
    await until(async () =>
      (await world.messages()).some(({ message }) => message.title?.text === 'Mute ended: 1 event held (github)'),
    );
    await world.deliver(endpoint, aPush({ message: 'Open the door' }));
    await world.settled();
    assert.ok((await world.messages()).some(({ text }) => text.includes('Open the door')));
  });

  it('asks first when it would hold everything', async () => {
    await using world = await aWorld();
    const endpoint = await world.endpoint('github', 'in #ops');
    const reply = await world.type('/webhook mute github');
    await world.deliver(endpoint, aPush());
    await world.settled();
    assert.deepEqual(
      (await world.events()).map(({ state }) => state),
      ['posted'],
    );
    await world.click(reply, /mute/i);
    await world.deliver(endpoint, aPush());
    await world.settled();
    assert.deepEqual(
      (await world.events()).map(({ state }) => state),
      ['held', 'posted'],
    );
  });

  it('by the button of an old message still holds the endpoint it was about, whatever is called what by now', async () => {
    await using world = await aWorld();
    const endpoint = await world.endpoint('github', 'in #ops as api');
    await world.deliver(endpoint, aPush());
    await world.settled();
    const [message] = await world.messages();
    assert.ok(message);
    await world.type('/webhook rename api old-api');
    const other = await world.endpoint('github', 'in #ops as api');
    await world.click(message, /^Mute acme\/api/);
    await world.deliver(other, aPush());
    await world.deliver(endpoint, aPush());
    await world.settled();
    assert.deepEqual(
      (await world.events()).map(({ state }) => state),
      ['held', 'posted', 'posted'],
    );
  });
});
