import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { anIncident } from '../../chats/courses.ts';
import { aChat } from '../../doubles/chat.ts';
import { aWorld } from '../../world.ts';

const SECRET = 'a-secret-of-theirs';
const template = {
  provider: 'pagerduty',
  type: 'incident.triggered',
  source: '{{severity "critical"}}{{title event.data.title}}{{field "For" (mention "ada")}}',
};

it('a roll-up pings once whom its critical events name, and why says so', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'bellhop-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  await (await aWorld({ folder })).app.stop();
  const file = join(folder, 'settings.json');
  const settings = JSON.parse(await readFile(file, 'utf8'));
  const people = [{ name: 'Ada', aliases: ['ada'], ids: { chat: 'U1' } }];
  await writeFile(file, JSON.stringify({ ...settings, templates: [template], people }));

  const chat = aChat({ budget: { perSecond: 1, burst: 1 } });
  await using world = await aWorld({ folder, platforms: [chat.platform] });
  const endpoint = await world.endpoint('pagerduty', `in chat:#ops as door secret=${SECRET}`);
  chat.hold('ops');
  for (let count = 1; count <= 14; count++) await world.deliver(endpoint, anIncident(`P${count}`).triggered());
  await world.app.relay.decider.idle();
  chat.release('ops');
  await world.settled();

  const rollUps = chat.posted.filter(({ message }) => / events from checkout/.test(message.title?.text ?? ''));
  assert.deepEqual(
    rollUps.map(({ message }) => message.mentions),
    [[{ name: 'Ada', ids: { chat: 'U1' } }]],
  );
  assert.match(rollUps[0]?.message.body ?? '', /For \uFDD0m0\uFDD1/);
  const last = (await world.events('limit=1'))[0]?.id;
  assert.match((await world.type(`/webhook why ${last}`)).text, /pings Ada, once for all in the roll-up/);
});
