import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { it } from 'node:test';
import { aSmallDisk } from '../doubles/postgres/small-disk.ts';
import { until } from '../until.ts';
import { aPush, aWorld } from '../world.ts';

it('A node takes nothing while the disk of its database is full, loses nothing, and goes on by itself once there is room', async (t) => {
  const disk = await aSmallDisk(16);
  if (!disk) return t.skip('this machine mounts no disk for a test');
  t.after(disk.remove);
  await using world = await aWorld({ database: disk.url });
  const endpoint = await world.endpoint('github');
  const isReady = async () => (await fetch(`${world.publicUrl}/readyz`)).status === 200;
  let taken = 0;
  // What is random cannot be made smaller.
  const sendLarge = () => world.deliver(endpoint, aPush({ message: randomBytes(400_000).toString('base64') }));
  let answer = await sendLarge();
  for (; answer.status === 202; answer = await sendLarge()) taken++;
  assert.deepEqual(
    [answer.status, answer.headers.get('retry-after'), await answer.json()],
    [503, '5', { code: 'database_full', message: 'This delivery cannot be taken now. Send it again.' }],
  );
  await until(async () => !(await isReady()));
  disk.resize(200);
  await until(isReady);
  assert.equal((await world.deliver(endpoint, aPush())).status, 202);
  await until(async () => (await world.events('state=posted')).length === taken + 1);
});
