import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseSpokenMoment } from '../../src/core/command/spoken-moment.ts';
import { aCaller, aCommandWorld, ann, dataOf, failureOf } from '../doubles/command-world.ts';

/** Somebody whose platform does not say in which time zone they are. */
const { timeZone: _, ...dee } = aCaller({ user: 'dee', userName: 'Dee' });

async function aMutedWorld() {
  const world = await aCommandWorld();
  await world.anEndpoint();
  const untilOf = () => world.settings.current.mutes.at(-1)?.until;
  return { ...world, untilOf };
}

describe('a time of day', () => {
  it('is read in the time zone that a person said once, from then on', async () => {
    const { say, untilOf, settings } = await aMutedWorld();
    const first = await say('mute api type=push until tomorrow 9am zone=Europe/Berlin', dee);
    assert.equal(untilOf(), '2026-01-06T08:00:00.000Z');
    assert.match(first.message.body, /The time is in the time zone `Europe\/Berlin`\./);
    await say('mute api type=star until tomorrow 10am', dee);
    assert.equal(untilOf(), '2026-01-06T09:00:00.000Z');
    assert.deepEqual(settings.current.zones, { 'local:dee': 'Europe/Berlin' });
  });

  it('is asked about where nobody has said its time zone, with all that was typed', async () => {
    const { say, run, untilOf, settings } = await aMutedWorld();
    const question = await say('mute api type=push until tomorrow 9am because "deploy night"', dee);
    assert.deepEqual(question.data, { code: 'zone_needed', field: 'zone' });
    assert.equal(settings.current.mutes.length, 0);
    const { form } = question;
    assert.deepEqual(form?.ask, ['zone']);
    await run({ command: form?.command ?? '', options: { ...form?.options, zone: 'berlin' } }, dee);
    assert.equal(untilOf(), '2026-01-06T08:00:00.000Z');
    assert.equal(settings.current.mutes[0]?.reason, 'deploy night');
  });

  it('that comes again needs a time zone as well, and a channel’s digest does', async () => {
    const { say, settings } = await aMutedWorld();
    for (const line of [
      'mute api type=push every weekday 22-6',
      'mute api type=push every weekend',
      'route api add #ops digest=daily 9:00',
      'route api add #ops quiet 22:00-07:00',
    ]) {
      const question = await say(line, { ...dee, role: 'admin' });
      assert.deepEqual(question.data, { code: 'zone_needed', field: 'zone' }, line);
    }
    await say('mute api type=push every weekday 22-6 zone=berlin', dee);
    assert.deepEqual(settings.current.mutes[0]?.every, {
      days: ['mon', 'tue', 'wed', 'thu', 'fri'],
      from: '22:00',
      to: '06:00',
      zone: 'Europe/Berlin',
    });
  });

  it('is read where the platform says its time zone, unless the person says another', async () => {
    const { say, untilOf } = await aMutedWorld();
    const tokyo = { ...ann, timeZone: 'Asia/Tokyo' };
    assert.match((await say('mute api type=push until tomorrow 9am', tokyo)).message.body, /`Asia\/Tokyo`/);
    assert.equal(untilOf(), '2026-01-06T00:00:00.000Z');
    await say('mute api type=star until tomorrow 9am zone=UTC', tokyo);
    assert.equal(untilOf(), '2026-01-06T09:00:00.000Z');
  });

  for (const until of ['in 2 hours', '2026-01-05T14:00:00Z', '2pm UTC'])
    it(`needs no time zone where it is the same in all: ${until}`, async () => {
      const { say, untilOf } = await aMutedWorld();
      const reply = await say(`mute api type=push until ${until}`, dee);
      assert.equal(failureOf(reply).code, undefined);
      assert.equal(untilOf(), '2026-01-05T14:00:00.000Z');
      assert.doesNotMatch(reply.message.body, /time zone/);
    });

  it('in a time zone that is none is refused, with the nearest', async () => {
    const { say, settings } = await aMutedWorld();
    const reply = await say('mute api until 9am zone=Europe/Berlim', dee);
    assert.deepEqual(reply.data, { code: 'bad_option', field: 'zone' });
    assert.match(reply.message.body, /is not a time zone for `zone`\. Did you mean `Europe\/Berlin`/);
    assert.equal(settings.current.zones, undefined);
  });

  it('is the one on the clock, also when the clocks are changed before then', async () => {
    const now = new Date('2026-03-28T12:00:00Z');
    const at = async (text: string, zone: string) => (await parseSpokenMoment(text, now, zone))?.at.toISOString();
    assert.deepEqual(
      [await at('tomorrow 9am', 'Europe/Berlin'), await at('today 6pm', 'Europe/Berlin')],
      ['2026-03-29T07:00:00.000Z', '2026-03-28T17:00:00.000Z'],
    );
  });

  it('is offered the names of time zones', async () => {
    const { run } = await aMutedWorld();
    const offers = await run.complete({ command: 'mute', option: 'zone', typed: 'berl', caller: dee });
    assert.deepEqual(offers, [{ value: 'Europe/Berlin', label: 'Europe/Berlin' }]);
  });
});

describe('a mute', () => {
  for (const line of ['for 0s', 'until 2020-01-01T00:00:00Z', 'until yesterday zone=UTC'])
    it(`needs an end in the future: ${line}`, async () => {
      const { say } = await aMutedWorld();
      const reply = await say(`mute api type=push ${line}`);
      assert.match(reply.message.body, /^A mute needs an end in the future, such as/);
      assert.equal(dataOf<{ code: string }>(reply).code, 'bad_option');
    });
});
