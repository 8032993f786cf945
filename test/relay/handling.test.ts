import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aChat } from '../doubles/chat.ts';
import { aWorld } from '../world.ts';
import { anAlertGroup } from './alert-group.ts';

const FIRST = { startsAt: '2026-03-02T14:02:00Z' };
const OVER = { status: 'resolved', ...FIRST, endsAt: '2026-03-02T14:25:00Z' } as const;

async function anAlertWorld() {
  const chat = aChat();
  const world = await aWorld({ platforms: [chat.platform] });
  const endpoint = await world.endpoint('alertmanager', 'in chat:#ops as door');
  await world.type('/webhook route door add local:#dev');
  const deliver = async (group: Parameters<typeof anAlertGroup>[0] = FIRST) => {
    assert.equal((await world.deliver(endpoint, anAlertGroup(group))).status, 202);
    await world.settled();
  };
  return {
    chat,
    world,
    endpoint,
    deliver,
    async say(line: string, user = 'Mona') {
      const said = await world.type(line, { user });
      await world.settled();
      return said;
    },
    standing: () => chat.standing('ops').map(({ message }) => message),
    page: async () => (await world.messages('dev')).map(({ message }) => message),
    [Symbol.asyncDispose]: () => world[Symbol.asyncDispose](),
  };
}

describe('an alert that people look after', () => {
  it('says in every channel who acknowledged it, and tells the second who was first', async () => {
    await using here = await anAlertWorld();
    await here.deliver();
    const first = here.standing()[0]?.actions.filter(({ tucked }) => !tucked);
    assert.equal(first?.[0]?.label, 'Acknowledge');
    const [one, two] = await Promise.all([
      here.say('/webhook ack 1', 'Mona'),
      here.say('/webhook ack 1', 'Hubert'),
    ]);
    console.log(one.text, two.text);
    console.log(here.standing()[0]);
    console.log((await here.page())[0]);
    await here.deliver(OVER);
    console.log(here.standing()[0]?.title);
  });
});
