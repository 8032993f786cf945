import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { anAlertGroup } from '../relay/alert-group.ts';
import type { Endpoint } from '../world.ts';
import { aSlack } from './places.ts';

const over = { status: 'resolved', endsAt: '2026-03-02T14:25:00Z' } as const;

describe('reactions on the first message of an alert on Slack, where its route wants them', () => {
  let place: Awaited<ReturnType<typeof aSlack>>;
  let endpoint: Endpoint;
  before(async () => {
    place = await aSlack('sockets');
    endpoint = await place.world.endpoint('alertmanager', 'in slack:#ops as door');
    await place.world.type('/webhook route door add slack:#ops reactions=on');
  });
  after(() => place?.close());

  const settle = () => place.world.settled();
  const reactions = (at: number) =>
    place.slack
      .messages('ops')
      .filter(({ text }) => !/No reactions/.test(text))
      .at(at)
      ?.reactions?.map(({ name }) => name);
  const deliver = async (group: Parameters<typeof anAlertGroup>[0]) => {
    await place.world.deliver(endpoint, anAlertGroup(group));
    await settle();
  };
  const say = async (line: string) => {
    const { text } = await place.world.type(line);
    await settle();
    return text;
  };

  it('are eyes while somebody looks after it, and a check mark once it is over', async () => {
    assert.match(await say('/webhook route door'), /reactions on/);
    await deliver({});
    assert.equal(reactions(0), undefined);
    await say('/webhook ack 1');
    assert.deepEqual(reactions(0), ['eyes']);
    await say('/webhook unack 1');
    assert.deepEqual(reactions(0), []);
    await say('/webhook ack 1');
    await deliver(over);
    assert.deepEqual(reactions(0), ['eyes', 'white_check_mark']);
  });

  it('are left out where the app lacks the scope, which is said once, and the message says it all', async () => {
    place.slack.scopes.delete('reactions:write');
    for (const name of ['DiskFull', 'HighLoad']) {
      await deliver({ name });
      const [last] = await place.world.events('limit=1');
      await say(`/webhook ack ${last?.id}`);
    }
    const texts = place.slack.messages('ops').map(({ text }) => text);
    assert.equal(texts.filter((text) => /No reactions on messages here/.test(text)).length, 1);
    assert.match(JSON.stringify(place.slack.messages('ops')), /reactions:write/);
    assert.match(JSON.stringify(place.slack.messages('ops').slice(1)), /Acknowledged by Mona/);
  });
});
